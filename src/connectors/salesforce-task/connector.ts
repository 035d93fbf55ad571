import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptSalesforceTask } from "./adapt.ts";
import type { Task } from "./task.type.ts";

export const salesforceTask: Connector<Task> = {
  name: "salesforce-task",
  title: "Salesforce",
  sends:
    "tasks, as call-tracking systems and agents write them; a blank type is a web visit unless the task says it was a call",
  example: {
    Id: "00T1",
    Subject: "Rate question",
    Type: "Call",
    CreatedDate: "2026-03-20T10:00:00.000+0000",
    WhoId: "003ANN",
    CallType: "Inbound",
    CallDurationInSeconds: 240,
    CallObject: "CM77",
  },
  proof: SHARED_SECRET,
  adapt: adaptSalesforceTask,
};
