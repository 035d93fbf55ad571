import { openClient } from "../../src/client/client.ts";
import { graphql } from "../../src/client/graphql.ts";
import { ADMIN_KEY, type TestApp } from "../app/use-app.ts";

const ANNOUNCE = graphql(`
  mutation Announce($input: AnnounceCallInput!) {
    announceCall(input: $input) { callId pop { id state cursor } userErrors { code path message } }
  }
`);
const TRANSFER = graphql(`
  mutation Transfer($callId: ID!, $agentId: String!) {
    transferCall(callId: $callId, agentId: $agentId) { callId pop { agentId } userErrors { code } }
  }
`);
const ACKNOWLEDGE = graphql(`
  mutation Acknowledge($popId: ID!) { acknowledgePop(popId: $popId) { pop { acknowledgedAt } userErrors { code } } }
`);
const END = graphql(`
  mutation End($callId: ID!) { endCall(callId: $callId) { callId pop { state } userErrors { code } } }
`);

/** What telephone systems and desks say of calls, as they would with the typed client. */
export function ringing(house: TestApp) {
  const clientOf = (key = ADMIN_KEY) => openClient({ url: house.url, key });
  return {
    /** What was refused has no ids; whoever expects that looks at the errors alone. */
    async announce(sourceId: string, agentId: string, more: object = {}) {
      const input = { source: "cti", sourceId, agentId, ringingAt: new Date().toISOString(), ...more };
      const { callId, pop, userErrors } = (await clientOf().ask(ANNOUNCE, { input })).announceCall;
      return { callId: callId!, pop: pop!, userErrors };
    },
    transfer: async (callId: string, agentId: string) =>
      (await clientOf().ask(TRANSFER, { callId, agentId })).transferCall,
    acknowledge: async (popId: string, key?: string) =>
      (await clientOf(key).ask(ACKNOWLEDGE, { popId })).acknowledgePop,
    end: async (callId: string) => (await clientOf().ask(END, { callId })).endCall,
  };
}
