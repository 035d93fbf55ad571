/** Who does something: the id tells apart those who have the same name. */
export interface Actor {
  /** `key:` and the key's id, `token:` and its subject, `admin-key` or `command-line`. */
  id: string;
  /** The key's name or the token's subject. */
  name: string;
}

/** Whoever runs a command on the server itself. */
export const COMMAND_LINE: Actor = { id: "command-line", name: "command line" };
