import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { Sheet } from "../parts/sheet.tsx";

const create = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      secret
      apiKey { id }
      userErrors { message }
    }
  }
`);

type Role = ReturnType<typeof graphql.scalar<"Role">>;

/** What each role is for, in the words of the person who makes the key. A collector needs more than is asked here. */
const ROLES = {
  ivr: "ivr: a telephone system that asks and reports",
  agent: "agent: one desk",
  supervisor: "supervisor: desks, reports, merges",
  analyst: "analyst: reports without names",
  privacy: "privacy: sensitive fields, merges",
  admin: "admin: everything, keys included",
} as const satisfies Record<Exclude<Role, "collector">, string>;

const LIFETIMES = { "": "until it is revoked", 30: "30 days", 90: "90 days", 365: "a year" };

/** Makes a key and shows it once. */
export function NewKeySheet({ onClose }: { onClose: () => void }) {
  const [{ fetching }, send] = useMutation(create);
  const [faults, setFaults] = useState<string[]>([]);
  const [secret, setSecret] = useState<string | null>(null);

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { data, error } = await send({ input: wishOf(new FormData(event.currentTarget)) });
    setFaults(faultsOf(error, data?.createApiKey.userErrors));
    setSecret(data?.createApiKey.secret ?? null);
  }

  return (
    <Sheet title={secret ? "Keep this key" : "A new key"} isOpen onClose={onClose}>
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <form className="stack" onSubmit={make}>
          <Wish />
          {faults.map((fault) => (
            <p key={fault} className="refusal" role="alert">
              {fault}
            </p>
          ))}
          <div className="row end">
            <Button type="submit" className="button primary" isDisabled={fetching}>
              Make the key
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  );
}

function Wish() {
  return (
    <>
      <label className="field">
        Name
        <input name="name" required maxLength={100} autoComplete="off" placeholder="IVR Stockholm" />
      </label>
      <label className="field">
        Role
        <select name="role" defaultValue="agent">
          {Object.entries(ROLES).map(([role, words]) => (
            <option key={role} value={role}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Agent id, of an agent's key: the only agent it may name
        <input name="agentId" maxLength={100} autoComplete="off" />
      </label>
      <label className="field">
        Valid for
        <select name="days">
          {Object.entries(LIFETIMES)
            .toSorted(([a], [b]) => Number(a) - Number(b))
            .map(([days, words]) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
        </select>
      </label>
    </>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  // Without TLS browsers block the clipboard; the key can still be selected and copied.
  const copy = () => navigator.clipboard?.writeText(secret).then(() => setCopied(true));
  return (
    <div className="stack">
      <p>It is shown this once: only its hash is stored.</p>
      <code className="secret">{secret}</code>
      <div className="row end">
        <Button className="button" onPress={copy} autoFocus>
          {isCopied ? "Copied" : "Copy"}
        </Button>
        <Button className="button primary" onPress={onClose}>
          I have kept it
        </Button>
      </div>
    </div>
  );
}

function wishOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const days = Number(text("days"));
  return {
    name: text("name"),
    role: text("role") as Role,
    agentId: text("agentId") || null,
    expiresAt: days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null,
  };
}
