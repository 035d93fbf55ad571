import type { ReactNode } from "react";

interface PanelProps {
  title: ReactNode;
  /** Shown at the right of the title. */
  tools?: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  isFlush?: boolean;
  children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, tools, isFlush = false, children }: PanelProps) {
  return (
    <section className="panel">
      <header>
        <h2>{title}</h2>
        {tools && <div className="row">{tools}</div>}
      </header>
      <div className={isFlush ? undefined : "panel-body"}>{children}</div>
    </section>
  );
}

/** A page's title and what it is for. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children && <p>{children}</p>}
    </div>
  );
}
