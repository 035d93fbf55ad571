import { ADMIN_KEY, type TestApp } from "../app/use-app.ts";

/** What telephone systems and desks say of calls, as GraphQL answers it. */
export function ringing(house: TestApp) {
  const announce = async (sourceId: string, agentId: string, more: object = {}) => {
    const input = { source: "cti", sourceId, agentId, ringingAt: new Date().toISOString(), ...more };
    const { data, errors } = await house.ask(
      "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { callId pop { id state cursor } userErrors { code path message } } }",
      { input },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.announceCall;
  };
  const transfer = async (callId: string, agentId: string) =>
    (
      await house.ask(
        "mutation ($callId: ID!, $agentId: String!) { transferCall(callId: $callId, agentId: $agentId) { callId pop { agentId } userErrors { code } } }",
        { callId, agentId },
      )
    ).data.transferCall;
  const acknowledge = (popId: string, key = ADMIN_KEY) =>
    house.ask(
      "mutation ($popId: ID!) { acknowledgePop(popId: $popId) { pop { acknowledgedAt } userErrors { code } } }",
      { popId },
      key,
    );
  const end = (callId: string) =>
    house.ask("mutation ($callId: ID!) { endCall(callId: $callId) { callId pop { state } userErrors { code } } }", {
      callId,
    });

  return { announce, transfer, acknowledge, end };
}
