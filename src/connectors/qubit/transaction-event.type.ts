/** What Qubit's collectors send: one or more events. */
export interface TransactionEvents {
  events: TransactionEvent[];
}

/**
 * A call as a call-tracking application reports it to Qubit: ecBasketTransactionSummary (shops),
 * trPackageTransactionSummary (travel) or fiBasketTransactionSummary (finance).
 */
export interface TransactionEvent {
  context: {
    /** The visitor's context id; of an offline call the tracker's own id, such as gbr0… or clarity…. */
    id: string;
  };
  meta: {
    type: string;
    /** Unix seconds at which the event was received, at the start or the end of the call. */
    ts: number;
    /** The page that the customer was looking at. */
    url: string;
    /** The integration that sent it, with its version. */
    source: string;
  };
  basket: { total: QubitMoney };
  /** Of a travel event. */
  package: { total: QubitMoney };
  transaction: {
    /** Unique: the call's, or the id of the order that was taken over the telephone. */
    id: string;
    total: QubitMoney;
  };
}

interface QubitMoney {
  value: number;
  currency: string;
}
