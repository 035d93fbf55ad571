import { createHash } from "node:crypto";
import { CONNECTORS } from "../../../src/connectors/connectors.ts";
import { type TestApp, useApp } from "../../app/use-app.ts";
import { FORM, freePort, proofOf } from "../../http/vendors.ts";

interface Receipt {
  status: string;
  reason: string | null;
  message: string | null;
}

/** The whole house, to which every connector's sender knows the secret. */
export interface Senders extends TestApp {
  /** Posts one message to the sender's webhook, as JSON unless it is a text; answers the receipts. */
  send(connector: string, message: unknown): Promise<Receipt[]>;
}

export async function useSenders(): Promise<Senders> {
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const secrets = Object.fromEntries(CONNECTORS.map(({ name }) => [name, `secret of ${name}`]));
  const settings = {
    PORT: new URL(publicUrl).port,
    C360_PUBLIC_URL: publicUrl,
    C360_WEBHOOK_SECRETS: JSON.stringify(secrets),
    C360_DEFAULT_REGION: "GB",
  };
  const house = useApp({ settings });
  const send = async (connector: string, message: unknown): Promise<Receipt[]> => {
    const { body, type } = bodyOf(connector, message);
    const digest = createHash("sha256").update(body).digest("hex");
    const path = `/v1/webhooks/${connector}${connector === "twilio" && type !== FORM ? `?bodySHA256=${digest}` : ""}`;
    const proof = proofOf(connector, {
      secret: secrets[connector]!,
      body,
      address: publicUrl + path,
      isForm: type === FORM,
    });
    const reply = await house.post(path, body, { authorization: "", "content-type": type, ...proof });
    const text = await reply.text();
    if (text.includes("<Response/>")) return [];
    const answer = JSON.parse(text);
    if (answer.receipts) return answer.receipts;
    throw new Error(text);
  };
  return Object.defineProperties({ send } as Senders, Object.getOwnPropertyDescriptors(house));
}

function bodyOf(connector: string, message: unknown): { body: string; type: string } {
  if (typeof message !== "string") return { body: JSON.stringify(message), type: "application/json" };
  return { body: message, type: connector === "twilio" ? FORM : "text/csv" };
}
