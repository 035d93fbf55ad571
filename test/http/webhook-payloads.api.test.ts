import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { useApp } from "../app/use-app.ts";
import { HAS_PAYLOADS, type Payload, payloads } from "../connectors/senders.ts";
import { freePort, proofOf } from "./vendors.ts";

const publicUrl = `http://127.0.0.1:${await freePort()}`;
const secrets = Object.fromEntries(CONNECTORS.map(({ name }) => [name, `secret of ${name}`]));
const house = useApp({
  settings: {
    PORT: new URL(publicUrl).port,
    C360_PUBLIC_URL: publicUrl,
    C360_WEBHOOK_SECRETS: JSON.stringify(secrets),
  },
});

test.skipIf(!HAS_PAYLOADS)("every file that real senders sent gets an answer, and none is lost", async () => {
  const answers: { file: string; status: number; text: string }[] = [];
  for (const payload of payloads()) {
    const reply = await post(payload);
    answers.push({ file: `${payload.folder}/${payload.file}`, status: reply.status, text: await reply.text() });
  }

  const silent = answers.filter(
    ({ status, text }) => status !== 200 || !(text.includes("<Response/>") || receiptsIn(text)),
  );
  expect(silent).toEqual([]);
  expect(answers.length).toBeGreaterThan(300);
});

/** Each record is taken in, or refused with a reason to branch on and a sentence. */
function receiptsIn(text: string): boolean {
  const { receipts } = JSON.parse(text) as { receipts: { status: string; reason: string | null; message: string }[] };
  return (
    receipts.length > 0 &&
    receipts.every(
      ({ status, reason, message }) =>
        status !== "REJECTED" || (/^[A-Z_]+$/.test(reason ?? "") && message.endsWith(".")),
    )
  );
}

function post({ connector, bytes }: Payload): Promise<Response> {
  const digest = createHash("sha256").update(bytes).digest("hex");
  const path = `/v1/webhooks/${connector}${connector === "twilio" ? `?bodySHA256=${digest}` : ""}`;
  const secret = secrets[connector]!;
  const proof = proofOf(connector, { secret, body: bytes, address: publicUrl + path, isForm: false });
  return fetch(house.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...proof },
    body: new Uint8Array(bytes),
  });
}
