import DataLoader from "dataloader";
import { groupBy, keyBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import { findPops, findPopsOfCalls } from "./pops.repository.ts";

/** Pops by id, as they are now. */
export const popLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const found = keyBy(await findPops(db, ids), ({ id }) => id);
    return ids.map((id) => found.get(id) ?? null);
  });

/** The screens on which a call rang, by the call's id. */
export const stepsLoader = ({ db }: RequestContext) =>
  new DataLoader(async (callIds: readonly string[]) => {
    const byCall = groupBy(await findPopsOfCalls(db, callIds), ({ callId }) => callId);
    return callIds.map((id) => byCall.get(id) ?? []);
  });
