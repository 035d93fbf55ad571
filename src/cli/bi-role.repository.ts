import type { Db } from "../db/client.ts";
import { flag, row } from "../db/row.ts";
import { sql } from "../db/sql.ts";

/** The comment on every role made here, so that no other role is changed. */
const MARK = "customer360: reads the views of the schema bi";

/** A role's name, and the verifier of its password, which no log shows. */
export interface BiRole {
  name: string;
  verifier: string;
}

const Role = row({ isOurs: flag });

/** Whether the name is free, belongs to a role made here, or to another. */
export async function findRoleState(db: Db, name: string): Promise<"free" | "ours" | "taken"> {
  const [role] = await db.rows(
    Role,
    sql`
      select coalesce(shobj_description(r.oid, 'pg_authid') = ${MARK}, false) as "isOurs"
      from pg_roles r
      where r.rolname = ${name}
    `,
  );
  if (!role) return "free";
  return role.isOurs ? "ours" : "taken";
}

/**
 * Creates the role if needed and gives it its password and the views of the schema `bi`. Statements about roles take no
 * bound values, so the values are settings of the transaction, which PostgreSQL quotes. A dashboard may refresh for ten
 * minutes; a forgotten query ends then.
 */
export async function saveRole(db: Db, { name, verifier }: BiRole): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`
      select
        set_config('c360.role', ${name}, true),
        set_config('c360.verifier', ${verifier}, true),
        set_config('c360.mark', ${MARK}, true)
    `);
    await tx.run(sql`
      do $$
      declare
        role text := current_setting('c360.role');
        owner name := (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'bi');
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
        -- And on the views of later versions, which are dropped and made anew.
        execute format('alter default privileges for role %I in schema bi grant select on tables to %I', owner, role);
      end $$
    `);
  });
}

const Permission = row({ maySo: flag });

/**
 * Revokes from all roles except the owner of the tables what PostgreSQL grants to everybody: advisory locks, with which
 * a login could block every writer, large objects and temporary tables. Needs a superuser; answers whether it was done.
 */
export async function confineEverybody(db: Db): Promise<boolean> {
  const [me] = await db.rows(
    Permission,
    sql`
      select rolsuper as "maySo" from pg_roles where rolname = current_user
    `,
  );
  if (!me!.maySo) return false;
  await db.run(sql`
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
