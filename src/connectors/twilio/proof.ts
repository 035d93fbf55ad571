import { createHash } from "node:crypto";
import { FORM } from "../connector.ts";
import { headerIn, hmacSha1, inHeader, isSame, type Proof, type SignedRequest } from "../proof.ts";

const HEADER = "x-twilio-signature";
const SAYS =
  "Sign with the account's auth token: X-Twilio-Signature over C360_PUBLIC_URL, the path and the parameters.";

/** Twilio signs the address that it calls, and of a form the parameters too. */
export const twilioProof: Proof = {
  says: SAYS,
  schemes: { twilioSignature: inHeader(HEADER, SAYS) },
  signsAddress: true,
  header: HEADER,
  check: isTwilios,
};

/** Of a form the parameters are signed with the address; of any other body the address holds its digest. */
function isTwilios({ headers, body, path, publicUrl }: SignedRequest, token: string): boolean {
  const isForm = headers["content-type"]?.startsWith(FORM) ?? false;
  if (!isForm && !isSame(digestIn(path), createHash("sha256").update(body).digest("hex"))) return false;
  const parameters = isForm ? parametersOf(body) : "";
  const signature = headerIn(headers, HEADER);
  return addressesOf(publicUrl, path)
    .map((address) => isSame(signature, hmacSha1(token, address + parameters, "base64")))
    .some(Boolean);
}

function digestIn(path: string): string {
  return new URLSearchParams(path.split("?")[1] ?? "").get("bodySHA256")?.toLowerCase() ?? "";
}

/** Names and values run together, sorted by name; a value that is repeated under one name counts once. */
function parametersOf(body: Buffer): string {
  const parameters = new URLSearchParams(body.toString("utf8"));
  const names = [...new Set(parameters.keys())].sort();
  return names.flatMap((name) => [...new Set(parameters.getAll(name))].sort().map((value) => name + value)).join("");
}

/** Twilio signs the address with or without the port that its scheme implies. */
function addressesOf(publicUrl: string | null, path: string): string[] {
  if (publicUrl === null) return [];
  const { protocol, hostname, port, pathname } = new URL(publicUrl);
  const rest = pathname.replace(/\/$/, "") + path;
  const ports = port ? [port] : ["", protocol === "https:" ? "443" : "80"];
  return ports.map((number) => `${protocol}//${hostname}${number && `:${number}`}${rest}`);
}
