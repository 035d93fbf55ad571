import { Component, type ReactNode } from "react";

interface BoundaryState {
  hasFailed: boolean;
}

/** Keeps the console alive when a page fails. React needs a class for this. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): BoundaryState {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div className="state" data-tone="bad" role="alert">
        <strong>This page broke</strong>
        <p>The other pages still work. Loading it anew usually helps, for instance after an update.</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Load it anew
        </button>
      </div>
    );
  }
}
