ALTER TABLE "api_keys" ADD COLUMN "origins" TEXT[];

update api_keys set origins = '{}';
