import type { NamespaceRule } from "../facts/identity.ts";

/** A namespace of a new database; from then on the table is the owner's to change. */
export interface DefaultNamespace extends NamespaceRule {
  description: string;
}

/** The namespaces of a new database, strongest first: their order is their rank. */
export const DEFAULT_NAMESPACES: readonly DefaultNamespace[] = [
  anchor("globalcustid", ["globalcustomerid", "global_customer_id", "globalcustomer"], {
    description: "The customer's id across all systems. Takes no issuer from its source.",
  }),
  anchor("crmid", ["crm_id", "crm"], { description: "The customer's id in the CRM." }),
  anchor("custid", ["customerid", "customer_id", "cust_id"], {
    description: "The customer's id in one system, which its issuer names: custid@crm-se.",
  }),
  personal("login", ["userid", "user_id", "username"], { description: "The account the customer logs in with." }),
  personal("loyaltyid", ["loyalty_id", "loyalty"], { description: "The number of a loyalty card." }),
  personal("email", ["e-mail", "mail", "emailaddress", "email_address", "email_sha256", "hashedemail"], {
    description: "An e-mail address or the SHA-256 of it: trimmed, lower-cased, kept as its digest.",
  }),
  personal("sourceid", [], {
    description:
      "A customer record of one system, as system/id: crm/9001. It stands for a customer of whom the record names nothing stronger than a telephone.",
  }),
  carrier("contact", ["universalsessionid"], { description: "One contact, whose legs stay together." }),
  carrier("ecid", ["mcid", "marketingcloudvisitorid"], { description: "The Adobe Experience Cloud visitor id." }),
  carrier("cookie", ["cookieid", "cookie_id", "anonymousid", "anonymous_id", "visitorid", "visitor_id"], {
    description: "A browser, by the cookie it keeps.",
  }),
  carrier("bizible", ["bizibleid", "bizible_id"], { description: "The Marketo Measure (Bizible) visitor id." }),
  carrier("qubit_context", ["qubit", "qubitcontext", "contextid", "context_id"], {
    description: "The Qubit context id of a visitor.",
  }),
  carrier("device", ["deviceid", "device_id", "idfa", "gaid"], { description: "A phone, tablet or computer." }),
  carrier("phone", ["mobilenr", "mobile", "msisdn", "phonenumber", "phone_number", "telephone", "tel", "ani"], {
    description: "A phone number in E.164: used by whoever holds it.",
  }),
].map((rule, position) => ({ ...rule, rank: (position + 1) * 10 }));

type Unranked = Omit<DefaultNamespace, "rank">;
type Said = Pick<DefaultNamespace, "description">;

function anchor(name: string, aliases: string[], said: Said): Unranked {
  return { name, kind: "ANCHOR", limit: 1, aliases, isAmbiguous: false, isOldest: false, ...said };
}

function personal(name: string, aliases: string[], said: Said): Unranked {
  return { name, kind: "PERSONAL", limit: null, aliases, isAmbiguous: false, isOldest: false, ...said };
}

function carrier(name: string, aliases: string[], said: Said): Unranked {
  return { name, kind: "CARRIER", limit: null, aliases, isAmbiguous: false, isOldest: false, ...said };
}
