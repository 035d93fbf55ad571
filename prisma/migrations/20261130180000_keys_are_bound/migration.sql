ALTER TABLE "api_keys" ADD COLUMN "call_centre_ids" TEXT[],
ADD COLUMN "networks" TEXT[],
ADD COLUMN "sources" TEXT[],
ADD COLUMN "teams" TEXT[];

-- Keys made before could write as any source. Those of agents log the calls on their own screens without one.
update api_keys
set
  sources = case role when 'agent' then '{}' else '{*}'::text[] end, teams = '{}', call_centre_ids = '{}', networks = '{}';
