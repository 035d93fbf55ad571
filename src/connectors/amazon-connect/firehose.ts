import type { Acknowledgement } from "../connector.ts";
import { headerIn, inHeader, isSame, type Proof, SHARED_SECRET } from "../proof.ts";

const KEY = "x-amz-firehose-access-key";

/** Amazon signs nothing. Firehose sends the secret as its access key; any other sender sends it as the shared secret. */
export const amazonConnectProof: Proof = {
  says: SHARED_SECRET.says,
  schemes: {
    ...SHARED_SECRET.schemes,
    firehoseAccessKey: inHeader(KEY, "The secret, given to Firehose as its access key."),
  },
  check: (request, secret) => SHARED_SECRET.check(request, secret) || isSame(headerIn(request.headers, KEY), secret),
};

/** Firehose sends a delivery again until it hears its own request id. */
export const firehoseAcknowledgement: Acknowledgement = {
  description: "A receipt for each record; to Firehose, that its delivery arrived.",
  mediaType: "application/json",
  schema: {
    type: "object",
    required: ["requestId", "timestamp"],
    properties: { requestId: { type: "string" }, timestamp: { type: "integer" } },
  },
  bodyOf({ headers, now }) {
    const requestId = headerIn(headers, "x-amz-firehose-request-id");
    return requestId ? { requestId, timestamp: now.getTime() } : null;
  },
};
