import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptVcon } from "./adapt.ts";
import type { Vcon } from "./vcon.type.ts";

export const vcon: Connector<Vcon> = {
  name: "vcon",
  title: "IETF vCon",
  sends: "conversations",
  example: {
    vcon: "0.0.2",
    uuid: "0190-vcon-2",
    created_at: "2026-03-20T10:00:00Z",
    parties: [{ tel: "+46701740605" }, { tel: "+46855500001" }],
    dialog: [{ type: "recording", start: "2026-03-20T10:00:00Z", duration: 60, parties: [0, 1] }],
  },
  proof: SHARED_SECRET,
  adapt: adaptVcon,
};
