import { addresses, type Sender } from "./address.ts";
import { type AuthOptions, authenticator, type Credential, type Headers } from "./auth.ts";
import { openBudget } from "./budgets.ts";

/** Who may come in, and how often: one budget a key or connector over all transports, one an address for what is open to strangers, one for what nobody signed. */
export interface Gate {
  /** Who asks; takes one request of the key's. */
  admit(headers: Headers, from: Sender): Promise<Credential>;
  /** Who asks still, at an event of an operation that was admitted. */
  recognise(headers: Headers, from: Sender): Promise<Credential>;
  /** Takes one more request of the key's. */
  count(credential: Credential): void;
  /** Takes one request of the address's. */
  countStranger(from: Sender): void;
  /** Takes one request of the address's without a valid signature; whoever has a key there is not short of it. */
  countUnsigned(from: Sender): void;
  /** Takes one request that a connector's secret signed. */
  countSigned(connector: string): void;
}

export interface GateOptions extends AuthOptions {
  requestsPerSecond: number;
}

export function openGate(options: GateOptions): Gate {
  const { requestsPerSecond, now = () => Date.now() } = options;
  const recognise = authenticator(options);
  const unsigned = openBudget(options.strangersPerSecond, now);
  const addressOf = addresses(options.trustedProxies);
  const [keys, strangers] = [openBudget(requestsPerSecond, now), openBudget(requestsPerSecond, now)];
  const count = ({ viewer }: Credential) => keys.spend(viewer.id);
  return {
    recognise,
    count,
    countStranger: (from) => strangers.spend(addressOf(from)),
    countUnsigned: (from) => unsigned.spend(addressOf(from)),
    countSigned: (connector) => keys.spend(`webhook:${connector}`),
    async admit(headers, from) {
      const credential = await recognise(headers, from);
      count(credential);
      return credential;
    },
  };
}
