import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  eachIn,
  identityIn,
  isRow,
  malformed,
  momentIn,
  moneyIn,
  nameIn,
  type Sent,
  stated,
  textIn,
  unknownEvent,
} from "../raw.ts";
import type { TransactionEvent, TransactionEvents } from "./transaction-event.type.ts";

const SOURCE = "qubit";

/** Qubit's transaction events: each is a call, with the order that was taken in it. */
export function adaptQubit(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { events, ...beside } = raw as Sent<TransactionEvents>;
  return Array.isArray(events) ? eachIn(events, { source: SOURCE, beside, adapt: callsOf }) : callsOf(raw);
}

const TYPES = new Set(["ecBasketTransactionSummary", "trPackageTransactionSummary", "fiBasketTransactionSummary"]);

function callsOf(event: Sent<TransactionEvent>): AdaptedRecord[] {
  const { context, meta, transaction } = event;
  const type = textIn(meta?.type);
  if (type === null || !TYPES.has(type)) return unknownEvent(SOURCE, event, `one of ${[...TYPES].join(", ")}`);
  const transactionId = textIn(transaction?.id);
  const body = {
    source: SOURCE,
    sourceId: transactionId,
    identities: identityIn("qubit_context", context?.id),
    startedAt: momentIn(meta?.ts),
    pageUrl: textIn(meta?.url),
    direction: "INBOUND",
    transactionId,
    revenue: totalOf(event),
    metadata: stated({ qubitType: type, visitorId: textIn(context?.id), tracker: nameIn(meta?.source) }),
  };
  return [adaptedOf("call", body, event)];
}

function totalOf({ basket, package: trip, transaction }: Sent<TransactionEvent>): ReturnType<typeof moneyIn> {
  const total = basket?.total ?? trip?.total ?? transaction?.total;
  return moneyIn(total?.value, total?.currency);
}
