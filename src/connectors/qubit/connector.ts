import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptQubit } from "./adapt.ts";
import type { TransactionEvent } from "./transaction-event.type.ts";

export const qubit: Connector<TransactionEvent> = {
  name: "qubit",
  title: "Qubit",
  sends: "transaction events of finance, shops and travel",
  example: {
    context: { id: "qubit-ann" },
    meta: { type: "ecBasketTransactionSummary", ts: 1774000000 },
    basket: { total: { value: 129.5, currency: "SEK" } },
    transaction: { id: "T-1005" },
  },
  proof: SHARED_SECRET,
  adapt: adaptQubit,
};
