import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Sheet } from "../parts/sheet.tsx";

interface AskedQueryProps {
  query: string;
  variables: unknown;
}

/** What the report asked, to be copied; and the way to GraphiQL, where the server offers it. */
export function AskedQuery({ query, variables }: AskedQueryProps) {
  const [isOpen, setOpen] = useState(false);
  const named = /^\s*query (\w+)/.exec(query)?.[1];
  return (
    <>
      <Button className="button quiet" data-query={named} onPress={() => setOpen(true)}>
        The query
      </Button>
      <Sheet title="The query" isOpen={isOpen} onClose={() => setOpen(false)} isWide>
        <Asked query={query} variables={JSON.stringify(variables, null, 2)} />
      </Sheet>
    </>
  );
}

function Asked({ query, variables }: { query: string; variables: string }) {
  const hasGraphiql = useGraphiql();
  return (
    <div className="stack">
      <p className="soft">Any client asks the same: POST it to /graphql with a key that may read reports.</p>
      <Copied title="Query" text={query} />
      <Copied title="Variables" text={variables} />
      <Copied title="For a shell" text={commandOf(query, variables)} />
      {hasGraphiql && (
        <a className="button" href={`/graphiql#${new URLSearchParams({ query, variables })}`} target="graphiql">
          Open in GraphiQL ↗
        </a>
      )}
    </div>
  );
}

function Copied({ title, text }: { title: string; text: string }) {
  const shown = useRef<HTMLPreElement>(null);
  const [said, setSaid] = useState("");
  return (
    <section aria-label={title}>
      <div className="row spread">
        <strong>{title}</strong>
        <span className="row tight">
          <span className="soft" role="status">
            {said}
          </span>
          <Button className="button quiet" onPress={async () => setSaid(await copy(text, shown.current!))}>
            Copy
          </Button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="code" ref={shown} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

/** Without TLS browsers have no clipboard for us: then the text is marked, for the user to copy. */
async function copy(text: string, shown: HTMLElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    getSelection()?.selectAllChildren(shown);
    return "marked: copy it";
  }
}

/** A command that asks the same; the key is the shell's. */
function commandOf(query: string, variables: string): string {
  const body = JSON.stringify({ query, variables: JSON.parse(variables) });
  const quoted = `'${body.replaceAll("'", "'\\''")}'`;
  return `curl ${location.origin}/graphql -H "authorization: Bearer $C360_KEY" -H "content-type: application/json" -d ${quoted}`;
}

/** Whether the server has GraphiQL: its pages name it in their headers. */
function useGraphiql(): boolean {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    void fetch("/", { method: "HEAD" }).then(
      ({ headers }) => setThere(headers.get("link")?.includes("/graphiql") ?? false),
      () => {},
    );
  }, []);
  return isThere;
}
