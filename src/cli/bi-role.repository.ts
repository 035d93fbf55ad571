import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";

/** A comment on every role that is made here, so that no other is ever changed. */
const MARK = "customer360: reads the views of the schema bi";

/** What a role may log in with: its name, and the verifier that stands for its password, which no log ever sees. */
export interface BiRole {
  name: string;
  verifier: string;
}

/** Whether the name is free, one of ours, or somebody else's. */
export async function findRoleState(db: Db, name: string): Promise<"free" | "ours" | "taken"> {
  const [role] = await db.query<{ isOurs: boolean }>(sql`
    select coalesce(shobj_description(r.oid, 'pg_authid') = ${MARK}, false) as "isOurs"
    from pg_roles r
    where r.rolname = ${name}
  `);
  if (!role) return "free";
  return role.isOurs ? "ours" : "taken";
}

/**
 * Makes the role if need be, and gives it its password and the views of the schema `bi`. Statements about roles take no
 * bound values, so these reach them as settings of the transaction, quoted by PostgreSQL itself. A dashboard may refresh
 * for ten minutes; a query that somebody forgot may not go on for ever.
 */
export async function saveRole(db: Db, { name, verifier }: BiRole): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      select
        set_config('c360.role', ${name}, true),
        set_config('c360.verifier', ${verifier}, true),
        set_config('c360.mark', ${MARK}, true)
    `);
    await tx.query(sql`
      do $$
      declare
        role text := current_setting('c360.role');
      begin
        if not exists (select from pg_roles where rolname = role) then
          execute format('create role %I', role);
          execute format('comment on role %I is %L', role, current_setting('c360.mark'));
        end if;
        execute format('alter role %I login password %L', role, current_setting('c360.verifier'));
        execute format('alter role %I set default_transaction_read_only = on', role);
        execute format('alter role %I set statement_timeout = ''10min''', role);
        execute format('alter role %I set search_path = bi', role);
        execute format('grant usage on schema bi to %I', role);
        execute format('grant select on all tables in schema bi to %I', role);
      end $$
    `);
  });
}

/**
 * Takes from everybody but the owner of the tables what PostgreSQL gives to all: advisory locks, with which a login could
 * hold up every writer, large objects and temporary tables. Only a superuser may; answers whether it was done.
 */
export async function confineEverybody(db: Db): Promise<boolean> {
  const [me] = await db.query<{ maySo: boolean }>(sql`
    select rolsuper as "maySo" from pg_roles where rolname = current_user
  `);
  if (!me!.maySo) return false;
  await db.query(sql`
    do $$
    declare
      owner text := (select tableowner from pg_tables where schemaname = 'public' and tablename = 'touchpoints');
      one regprocedure;
    begin
      for one in
        select oid from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
        and (proname ~ '^(pg_advisory|pg_try_advisory|lo)_' or proname in ('loread', 'lowrite'))
      loop
        execute format('grant execute on function %s to %I', one, owner);
        execute format('revoke execute on function %s from public', one);
      end loop;
      execute format('grant temporary on database %I to %I', current_database(), owner);
      execute format('revoke temporary on database %I from public', current_database());
    end $$
  `);
  return true;
}
