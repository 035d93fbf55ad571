import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { CONNECTORS } from "../../src/connectors/connectors.ts";

const FIXTURES = new URL("./fixtures/", import.meta.url);

/** An invented message, and what becomes of it: records, or the reasons for which there are none. */
export interface Fixture {
  connector: string;
  name: string;
  given: unknown;
  expect: readonly ({ kind: string; body: Record<string, unknown> } | { rejected: { reason: string } })[];
}

export const FIXTURE_LIST: readonly Fixture[] = CONNECTORS.flatMap(({ name: connector }) =>
  filesBelow(new URL(`${connector}/`, FIXTURES)).map((file) => ({
    connector,
    name: file.pathname.split("/").at(-1)!.replace(".json", ""),
    ...JSON.parse(readFileSync(file, "utf8")),
  })),
);

/** What real senders sent; not a part of the project, so that it may be missing. */
const PAYLOADS = new URL("../../../shared/data/payloads/", import.meta.url);
export const HAS_PAYLOADS = existsSync(PAYLOADS);

/** The connector of each folder. */
const CONNECTOR_OF: Readonly<Record<string, string>> = {
  "adobe-xdm": "adobe-xdm",
  "amazon-connect-ctr": "amazon-connect",
  "amazon-connect-docs": "amazon-connect",
  asterisk: "asterisk",
  "aws-lambda-events": "amazon-connect",
  callrail: "callrail",
  "genesys-cloud": "genesys-cloud",
  "segment-spec": "segment",
  "twilio-oai": "twilio",
  // Nobody sends these to a webhook; whoever did, would come with an envelope at best.
  "unomi-graphql": "cloudevents",
  "vcon-ietf": "vcon",
  "vcon-server-dataset": "vcon",
};

export interface Payload {
  folder: string;
  file: string;
  connector: string;
  bytes: Buffer;
}

export function payloads(): Payload[] {
  if (!HAS_PAYLOADS) return [];
  return readdirSync(PAYLOADS).flatMap((folder) => {
    const connector = CONNECTOR_OF[folder];
    // A folder that nobody has decided about.
    if (connector === undefined) throw new Error(`No connector is named for the payloads in ${folder}.`);
    return filesBelow(new URL(`${folder}/`, PAYLOADS)).map((url) => ({
      folder,
      file: url.pathname.split("/").at(-1)!,
      connector,
      bytes: unwrapped(folder, readFileSync(url)),
    }));
  });
}

/** The examples of Twilio's API stand in a note of where they are from. */
function unwrapped(folder: string, bytes: Buffer): Buffer {
  return folder === "twilio-oai" ? Buffer.from(JSON.stringify(JSON.parse(bytes.toString("utf8")).body)) : bytes;
}

function filesBelow(folder: URL): URL[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => new URL(encodeURIComponent(name), folder))
    .filter((url) => statSync(url).isFile());
}
