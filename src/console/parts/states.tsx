import { type ReactNode, useEffect } from "react";
import { Button } from "react-aria-components/Button";
import type { AnyVariables, CombinedError, UseQueryState } from "urql";
import { codesOf, hiddenFields } from "./failure.ts";

interface AnswerProps<Data, Variables extends AnyVariables> {
  of: UseQueryState<Data, Variables>;
  /** Shown while nothing is known yet. */
  skeleton?: ReactNode;
  /** Sends the query again. */
  again?: () => void;
  children: (data: Data) => ReactNode;
}

/** What a query answered: drawn at once where it is known, else as a skeleton, a fault or a page that the key does not open. */
export function Answer<Data, Variables extends AnyVariables>(props: AnswerProps<Data, Variables>) {
  const { data, error, fetching, stale } = props.of;
  if (error && isEmpty(data)) return <Fault error={error} again={props.again} />;
  if (data == null) return props.skeleton ?? <Skeleton />;
  const { hidden, failed } = error ? hiddenFields(error) : NOTHING;
  return (
    <div className="answer" aria-busy={fetching || stale}>
      {failed.length > 0 && <Failed fields={failed} again={props.again} />}
      {props.children(data as Data)}
      {hidden.length > 0 && <p className="note hidden-fields">Hidden for your role: {hidden.join(", ")}.</p>}
    </div>
  );
}

const NOTHING = { hidden: [], failed: [] };

/** Grey bars in the shape of what will come. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className="panel skeleton" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}

/** Nothing is there, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

/** How often a query is sent again while the server is away. */
const AGAIN_MS = 5_000;

/** Why there is no answer: a missing right says which key has it, anything else offers another try. */
function Fault({ error, again }: { error: CombinedError; again?: () => void }) {
  const isAway = error.networkError !== undefined;
  useEffect(() => {
    if (!isAway || !again) return;
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAway, again]);
  const codes = codesOf(error);
  if (codes.includes("FORBIDDEN"))
    return <Closed title="Your key does not allow this">{error.graphQLErrors[0]?.message}</Closed>;
  const sentence = isAway
    ? "The server cannot be reached. It is asked again every few seconds."
    : error.graphQLErrors.map(({ message }) => message).join(" ");
  return (
    <div className="state" data-tone="bad" role="alert">
      <strong>{isAway ? "No connection" : "That did not work"}</strong>
      <p>{sentence}</p>
      {again && (
        <Button className="button" onPress={again}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A page that the key does not open, and which key would. */
export function Closed({
  title = "Your key does not open this page",
  children,
}: {
  title?: string;
  children: ReactNode;
}) {
  return (
    <div className="state" data-tone="closed">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}

/** Part of the answer failed, which must not look like a complete answer. */
function Failed({ fields, again }: { fields: string[]; again?: () => void }) {
  return (
    <div className="failed-fields" role="alert">
      Not everything could be read: {fields.join(", ")}.{" "}
      {again && (
        <Button className="button small" onPress={again}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A query that failed as a whole answers null for every root field. */
function isEmpty(data: unknown): boolean {
  if (data == null) return true;
  return Object.entries(data).every(([name, value]) => name === "__typename" || value == null);
}
