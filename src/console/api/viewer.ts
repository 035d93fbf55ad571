import { useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "./graphql.ts";
import { keepViewer, readViewer } from "./session.ts";

const viewerQuery = graphql(`
  query Viewer {
    viewer { name role scopes agentId }
  }
`);

export type ViewerFields = ResultOf<typeof viewerQuery>["viewer"];

/** The scopes that the console asks about; the server decides in any case. */
export type AskedScope =
  | "customers:read"
  | "customers:list"
  | "facts:write"
  | "verdicts:read"
  | "verdicts:write"
  | "reports:read"
  | "intake:read"
  | "rejections:read"
  | "rejections:replay"
  | "keys:admin"
  | "audit:read"
  | "privacy:export"
  | "live:lookup"
  | "live:announce"
  | "live:pops";

/** Who is signed in; null until the server answers. */
export function useViewer(): ViewerFields | null {
  const [{ data }] = useQuery({ query: viewerQuery });
  const viewer = data?.viewer;
  useEffect(() => {
    if (viewer) keepViewer(JSON.stringify(viewer));
  }, [viewer]);
  return viewer ?? keptViewer();
}

/**
 * Answers whether the key of this tab has a scope. Until the server answers, none; when it cannot answer, all, since it
 * refuses by itself.
 */
export function useMay(): (scope: AskedScope) => boolean {
  const [{ error }] = useQuery({ query: viewerQuery });
  const scopes = useViewer()?.scopes.join(" ");
  return useMemo(() => {
    const held = new Set(scopes?.split(" "));
    return (scope) => (scopes === undefined ? error !== undefined : held.has(scope));
  }, [scopes, error]);
}

function keptViewer(): ViewerFields | null {
  const kept = readViewer();
  return kept ? (JSON.parse(kept) as ViewerFields) : null;
}
