import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptCloudEvent } from "./adapt.ts";
import type { CloudEvent } from "./envelope.type.ts";

/** CloudEvents that carry our own records, or a message for one of the given connectors. */
export function cloudEvents(connectors: readonly Connector[]): Connector<CloudEvent> {
  const byName = new Map(connectors.map((connector) => [connector.name, connector]));
  return {
    name: "cloudevents",
    title: "CloudEvents",
    sends: "an envelope round our own records, or round any of these connectors' messages",
    example: {
      specversion: "1.0",
      type: "customer360.call",
      source: "cti-se",
      id: "ev-1",
      time: "2026-03-20T10:00:00Z",
      data: {
        startedAt: "2026-03-20T10:00:00Z",
        durationSeconds: 60,
        identities: [{ namespace: "phone", value: "+46701740605" }],
      },
    },
    proof: SHARED_SECRET,
    remark: "The binary form, with the envelope in ce- headers, is read too.",
    adapt: (raw) => adaptCloudEvent(raw, byName),
  };
}
