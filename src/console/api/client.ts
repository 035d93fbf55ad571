import { type Client, cacheExchange, createClient, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { freshExchange } from "./fresh.ts";
import { subscribeOverSocket } from "./live.ts";
import { changeKey, readKey } from "./session.ts";

/** A GraphQL client of the server that served this page, with the key of this tab. */
export function openConsoleClient(): Client {
  return createClient({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { authorization: `Bearer ${readKey() ?? ""}` } }),
    exchanges: [
      mapExchange({ onError: (error) => error.response?.status === 401 && changeKey(null) }),
      freshExchange(),
      cacheExchange,
      subscriptionExchange({ forwardSubscription: subscribeOverSocket }),
      fetchExchange,
    ],
  });
}

/** Whether the server knows the key, or why it cannot tell. */
export async function checkKey(key: string): Promise<"known" | "unknown" | "unreachable"> {
  try {
    const answer = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    if (answer.ok) return "known";
    return answer.status === 401 ? "unknown" : "unreachable";
  } catch {
    return "unreachable";
  }
}
