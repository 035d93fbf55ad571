import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { changeKey, readKey, readKeyOfOpener } from "../api/session.ts";
import "graphiql/graphiql.css";
import "./graphiql.css";

/**
 * GraphiQL at /graphiql. The key is the console's, when this page was opened from it, else it is typed into the headers
 * tab; it is forgotten with the page. After the hash the address may bring a query and its variables, which no server
 * log sees.
 */
const key = readKey() ?? readKeyOfOpener();
if (key) changeKey(key);

const authorization = `Bearer ${key ?? "c360_your_key"}`;
const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  subscriptionUrl: `${location.origin.replace(/^http/, "ws")}/graphql`,
  headers: key ? { authorization } : {},
  wsConnectionParams: key ? { authorization } : {},
  enableIncrementalDelivery: false,
});

const FIRST_QUERY = `# Put your key into the headers tab below.

{
  customers(first: 3) {
    nodes { id displayName summary { interactionCount } }
  }
}
`;

const asked = new URLSearchParams(location.hash.slice(1));
const query = asked.get("query");
const variables = asked.get("variables") ?? "";

addEventListener("hashchange", () => location.reload());
createRoot(document.getElementById("root")!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={FIRST_QUERY}
    defaultHeaders={key ? undefined : JSON.stringify({ authorization }, null, 2)}
    defaultEditorToolsVisibility={query ? "variables" : "headers"}
    {...(query && { query, variables })}
  />,
);
