import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptGenesysCloud } from "./adapt.ts";
import type { Conversation } from "./conversation.type.ts";

export const genesysCloud: Connector<Conversation> = {
  name: "genesys-cloud",
  title: "Genesys Cloud",
  sends: "conversation details",
  example: {
    conversationId: "g-4",
    originatingDirection: "inbound",
    participants: [
      {
        participantId: "c",
        purpose: "customer",
        sessions: [
          {
            sessionId: "s-c",
            mediaType: "voice",
            ani: "tel:+46701740605",
            dnis: "tel:+46812345678",
            segments: [
              { segmentStart: "2026-03-20T10:00:00Z", segmentEnd: "2026-03-20T10:06:00Z", segmentType: "interact" },
            ],
          },
        ],
      },
      {
        participantId: "a",
        purpose: "agent",
        userId: "agent-berit",
        sessions: [
          {
            sessionId: "s-a",
            mediaType: "voice",
            segments: [
              { segmentStart: "2026-03-20T10:01:00Z", segmentEnd: "2026-03-20T10:06:00Z", segmentType: "interact" },
            ],
          },
        ],
      },
    ],
  },
  proof: SHARED_SECRET,
  adapt: adaptGenesysCloud,
};
