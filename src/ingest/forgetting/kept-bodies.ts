import type { Mentions } from "./mentions.ts";

/** The body of a row of `revisions`: a row with its sightings and its visit, a statement, or what came too late. */
export interface KeptBody {
  row?: { subject_id: string };
  sightings?: readonly { identity_id: string }[] | null;
  visit?: { subject_id: string } | null;
  statement?: Statement;
  identities?: readonly unknown[] | null;
}

interface Statement {
  own: { id: string };
  named: readonly { id: string }[];
  withdrawn: readonly { id: string }[];
  body: Written;
}

interface Written {
  identities?: readonly unknown[] | null;
  withdrawIdentities?: readonly unknown[] | null;
}

/** What others' records keep of an earlier body once these identities are forgotten; null where nothing is left to say. */
export function keptWithout(body: KeptBody, { ids, mentions }: { ids: ReadonlySet<string>; mentions: Mentions }) {
  const { row, sightings, visit, statement } = body;
  if (row) {
    if (ids.has(row.subject_id)) return null;
    const seen = sightings?.filter(({ identity_id }) => !ids.has(identity_id));
    return { ...body, sightings: seen, visit: visit && ids.has(visit.subject_id) ? null : visit };
  }
  if (statement) {
    if (ids.has(statement.own.id)) return null;
    const left = (those: readonly { id: string }[]) => those.filter(({ id }) => !ids.has(id));
    const { named, withdrawn } = statement;
    const said = writtenWithout(statement.body, mentions);
    return { ...body, statement: { ...statement, named: left(named), withdrawn: left(withdrawn), body: said } };
  }
  const left = writtenWithout(body, mentions);
  return body.identities?.length && !left.identities ? null : left;
}

/** An empty list takes all identities back: one that was not empty and would be is left out, and one that was stays. */
function writtenWithout<Body extends Written>(body: Body, mentions: Mentions): Body {
  const without = (those: readonly unknown[] | null | undefined) => {
    const left = those?.filter((one) => !mentions(one));
    return those?.length && left?.length === 0 ? undefined : (left ?? those);
  };
  return { ...body, identities: without(body.identities), withdrawIdentities: without(body.withdrawIdentities) };
}
