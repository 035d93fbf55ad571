import { createHmac } from "node:crypto";
import { createServer } from "node:net";

export const FORM = "application/x-www-form-urlencoded";

/** A message as a sender is about to post it. */
export interface Posted {
  secret: string;
  body: string | Buffer;
  /** Where the world reaches the server, path and query included: Twilio signs it. */
  address: string;
  /** Of Twilio: whether the body is a form, whose parameters are signed too. */
  isForm?: boolean;
}

/** The headers with which a connector's sender proves who it is. */
export function proofOf(connector: string, { secret, body, address, isForm = true }: Posted): Record<string, string> {
  if (connector === "twilio") {
    return { "x-twilio-signature": hmac(secret, address + (isForm ? parametersOf(String(body)) : "")) };
  }
  if (connector === "callrail") return { signature: hmac(secret, body) };
  if (connector === "segment") return { "x-signature": hmac(secret, body, "hex") };
  return { "x-webhook-secret": secret };
}

export function hmac(secret: string, signed: string | Buffer, encoding: "base64" | "hex" = "base64"): string {
  return createHmac("sha1", secret).update(signed).digest(encoding);
}

function parametersOf(form: string): string {
  const sorted = [...new URLSearchParams(form)].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map((pair) => pair.join("")).join("");
}

/** The address that Twilio signs has to be known before the server starts. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
