import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptAdobeXdm } from "./adapt.ts";
import type { ExperienceEvent } from "./xdm.type.ts";

export const adobeXdm: Connector<ExperienceEvent> = {
  name: "adobe-xdm",
  title: "Adobe Experience Platform",
  sends: "XDM ExperienceEvents and Profiles",
  example: {
    _id: "e-4",
    timestamp: "2026-03-20T10:00:00Z",
    web: { webPageDetails: { name: "Loans", URL: "https://bank.example/loans" } },
    identityMap: { ECID: [{ id: "ecid-ann" }] },
  },
  proof: SHARED_SECRET,
  adapt: adaptAdobeXdm,
};
