import type { Connector } from "../connector.ts";
import { adaptSegment } from "./adapt.ts";
import type { Message } from "./message.type.ts";
import { segmentProof } from "./proof.ts";

export const segment: Connector<Message> = {
  name: "segment",
  title: "Segment",
  sends: "track, page, screen, identify and group",
  example: {
    type: "page",
    messageId: "m-1",
    anonymousId: "a-ann",
    name: "Loans",
    timestamp: "2026-03-20T10:00:00.000Z",
    properties: { url: "https://bank.example/loans" },
  },
  proof: segmentProof,
  adapt: adaptSegment,
};
