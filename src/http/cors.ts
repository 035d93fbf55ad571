import type { FastifyCorsOptions } from "@fastify/cors";
import { REQUEST_ID } from "./request-id.ts";

/** The headers that clients in a browser send, by who sends them. */
const SENT = {
  anybody: ["accept", "accept-language", "authorization", "cache-control", "content-encoding", "content-type"],
  customer360: ["idempotency-key", "x-api-key", REQUEST_ID],
  apollo: [
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "x-apollo-operation-id",
    "x-apollo-operation-name",
    "x-apollo-operation-type",
  ],
  urqlAndYoga: ["graphql-require-preflight"],
  relay: ["x-requested-with"],
  serverSentEvents: ["last-event-id", "x-graphql-event-stream-token"],
  w3cTrace: ["baggage", "traceparent", "tracestate"],
  zipkin: ["b3", "x-b3-flags", "x-b3-parentspanid", "x-b3-sampled", "x-b3-spanid", "x-b3-traceid"],
  otherTracers: ["elastic-apm-traceparent", "newrelic", "sentry-trace", "uber-trace-id", "x-amzn-trace-id"],
  datadog: [
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-tags",
    "x-datadog-trace-id",
  ],
} as const;

/** Every other header of a request without cookies, which are of no use here; it never includes `authorization`. */
const ANY_OTHER = "*";

/** What a page may read of an answer besides its body. */
const READ = ["allow", "content-disposition", "idempotency-replayed", "retry-after", "www-authenticate", REQUEST_ID];

/**
 * What pages of other origins may do. The list of origins is the wall: a page that may send a key may send any header.
 * Headers are named as well, since older browsers do not know the asterisk.
 */
export function corsFor(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...origins],
    allowedHeaders: [...Object.values(SENT).flat(), ANY_OTHER],
    exposedHeaders: READ,
    methods: ["GET", "POST"],
    maxAge: 600,
  };
}
