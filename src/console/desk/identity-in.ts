/** The identity in a typed text: a number, an address, or a namespace with a value; null if there is none. */
export function typedIdentity(text: string): { namespace: string; value: string } | null {
  if (/^\+?[\d\s()./-]{6,}$/.test(text)) return { namespace: "phone", value: text };
  if (/^\S+@\S+\.\S+$/.test(text)) return { namespace: "email", value: text };
  const [, namespace, value] = /^([a-z][\w@.-]*):\s*(\S+)$/i.exec(text) ?? [];
  return namespace && value ? { namespace, value } : null;
}
