import { type Connector, CSV, JSON_BODY, JSON_LINES } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptAsterisk } from "./adapt.ts";
import type { Cdr } from "./cdr.type.ts";

export const asterisk: Connector<Cdr> = {
  name: "asterisk",
  title: "Asterisk",
  sends: "call detail records, as JSON, as manager events, or as rows of Master.csv",
  example: {
    src: "+46701740605",
    dst: "+46812345678",
    start: "2026-03-20T10:00:00Z",
    end: "2026-03-20T10:00:30Z",
    duration: "30",
    disposition: "BUSY",
    uniqueid: "1774000800.14",
  },
  proof: SHARED_SECRET,
  mediaTypes: [JSON_BODY, JSON_LINES, CSV],
  adapt: adaptAsterisk,
};
