import type { graphql } from "../api/graphql.ts";
import { typedIdentity } from "./identity-in.ts";

export type CallVariables = ReturnType<typeof graphql.scalar<"LogCallInput">>;

interface CallKey {
  source: string;
  sourceId: string;
  /** When it began to ring; null for a call that was not announced. */
  ringingAt: string | null;
}

/** The call of the form; empty fields are left out. Without a length it ends now. */
export function callVariablesOf(form: FormData, { source, sourceId, ringingAt }: CallKey): CallVariables {
  const text = (name: string) => String(form.get(name) ?? "").trim() || undefined;
  const minutes = text("minutes");
  const seconds = minutes === undefined ? null : Math.round(Number(minutes) * 60);
  const isResolved = text("isResolved");
  const transferredTo = text("transferredTo");
  return {
    source,
    sourceId,
    identities: identitiesOf(text("identity"), text("typed")),
    startedAt: ringingAt ?? new Date(Date.now() - (seconds ?? 0) * 1_000).toISOString(),
    ...(seconds === null ? { endedAt: new Date().toISOString() } : { durationSeconds: seconds }),
    direction: text("direction") as CallVariables["direction"],
    outcome: text("outcome") as CallVariables["outcome"],
    callReason: text("callReason"),
    agentId: text("agentId"),
    team: text("team"),
    callCentreId: text("callCentreId"),
    isResolved: isResolved === undefined ? undefined : isResolved === "yes",
    isTransferred: transferredTo ? true : undefined,
    agentIdTransferred: transferredTo,
    notes: text("notes"),
  };
}

/** The chosen identity, or the one typed for a new caller: a number, unless it reads as something else. */
function identitiesOf(chosen: string | undefined, typed: string | undefined): CallVariables["identities"] {
  if (typed) return [typedIdentity(typed) ?? { namespace: "phone", value: typed }];
  const [namespace, ...value] = (chosen ?? "").split(" ");
  return namespace ? [{ namespace, value: value.join(" ") }] : [];
}
