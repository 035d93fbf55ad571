// What software and people write where there is nobody to name. As data: a new word is a word here.

const MISSING = `
  null nul nil none undefined undef void empty blank missing nan inf infinity nbsp na false true
  nothing nobody noone nowhere noid noname noemail nomail nouser notset unset unassigned unidentified
  unauthenticated unavailable default dummy fake placeholder sample todo fixme changeme replaceme tbd tbc tba xxx
  unkown unknow unkonwn unk unkn unkwn undefind undefine annonymous anonymus nv nvt nn temp temporary neant entfallt
  kein keine keiner leer unbekannt aucun aucune vide inconnu inconnue ninguno ninguna vacio desconocido desconocida
  nessuno nessuna vuoto sconosciuto sconosciuta nenhum nenhuma vazio desconhecido desconhecida geen leeg onbekend
  ingen inget okand ukjent ukendt ei tuntematon brak nieznany nieznana neznamy ismeretlen bilinmeyen bilinmiyor yok
  unbekannter onbekende saknas mangler puuttuu nepodano neni nincs yoktur belirsiz отсутствует άγνωστο
  nepoznat nepoznato nepoznata nepoznati žádný 未登録 非会員 비회원 미등록 ไม่มี
  нет неизвестно неизвестный неизвестная пусто άγνωστος ничего
  なし 無し 不明 不詳 未設定 未知 未定义 未填写 名無し 名前なし 無名 无名 暂无 没有 不详 无 無 空 없음 미상 해당없음 مجهول فارغ ללא
`;

const ANYBODY = `
  anonymous anon anonym anonyme anonimo anonima anoniem anonymt nimeton anonymni
  unknown unknownuser unknowncustomer nonuser
  guest guestuser gast invite invitado invitada ospite convidado convidada gjest vieras gosc host misafir vendeg
  visitor visiteur visitante user users username userid customer customerid customers client clientid person
  kunde kundin neukunde klant kund cliente clienta asiakas zakaznik клиент 顧客 客户 匿名用户
  distinctid anonymousid visitorid deviceid cookieid custid
  test tests testing tester testuser testaccount teste prueba essai
  demo demouser admin administrator root system foo foobar asdf asdfasdf asdfgh qwerty
  аноним анонимный гость тест пользователь
  匿名 匿名さん ゲスト テスト 访客 游客 訪客 遊客 测试 測試 게스트 익명 테스트 زائر ضيف אורח
`;

/** Each of these words stands for nobody, and so does a value made of such words alone. */
export const NOBODY_WORDS: readonly string[] = [...wordsOf(MISSING), ...wordsOf(ANYBODY)];

/** What programs write while there is nothing yet, or not any more, or where they failed; and the names of types. */
export const PROGRAM_WORDS: readonly string[] = wordsOf(`
  loading pending processing fetching retrieving laden ladt cargando caricamento carregando chargement laddar wczytywanie
  загрузка 読み込み中 加载中
  error err exception invalid failed failure timeout denied forbidden unauthorized unauthorised rejected
  redacted masked hidden deleted removed erased anonymized anonymised anonymisiert geloscht supprime eliminado
  optout dnt gdpr
  object promise string varchar char boolean integer number text uuid guid hash nullptr dbnull nsnull nonetype
`);

/** Words before which what follows is denied: "sin nombre", "not provided". */
export const DENIALS: readonly string[] = wordsOf(`
  no not non none without kein keine keinen nicht ohne sans pas aucun aucune sin ningun ninguna senza nessun nessuna sem nenhum
  nenhuma nao geen niet zonder ingen inget inte ej utan ikke uden uten ei ilman nie bez brak нет не без khong tidak
`);

/** What a field is called, or is where it is filled: denied, nothing is left. */
export const DENIED: readonly string[] = wordsOf(`
  id ids name namen nom nombre nome naam namn navn nimi nazwy jmena имени email emails mail correo courriel posta post
  phone telephone telefon telefono telefone telefoon puhelin number nummer numero user customer account login identity
  data daten donnees datos dato dati dados gegevens danych данных info information informacion informacoes value valor wert e d
  consent match result record entry vorhanden
  available provided set known given specified assigned identified authenticated applicable found logged in consented defined
  verfugbar angegeben gesetzt bekannt zugeordnet communique precise renseigne disponible defini identificar identificado
  definido aplica tiene specificato disponibile pervenuto definito informado disponivel tem possui beschikbaar bekend ingevuld
  van toepassing angivet angiven kand tillganglig oppgitt tilgjengelig tilgaengelig relevant dotyczy podano ole saatavilla
  tietoa указано задано определено co ada diketahui
`);

/** What forms and manuals tell their reader to do, and with what: "YOUR_USER_ID", "insert id here". */
export const TELLING: readonly string[] = wordsOf("your insert enter replace change put fill provide");
export const TOLD: readonly string[] = wordsOf(`
  your my the a this here in with me it id ids user customer client visitor account name first last email e mail phone number
  login value key token address code
`);

/** What a program puts before an id; with a value that was missing behind it nothing is left: "CUST-undefined", "crm_null". */
export const BEFORE_IDS: readonly string[] = wordsOf(
  "cust usr acct acc member contact crm party lead subscriber ref web app",
);
export const MISSING_IDS: readonly string[] = wordsOf("null nil none undefined undef nan missing empty unset");

/** Accounts that a number follows: guest123, test_2. */
export const NUMBERED: readonly string[] = wordsOf(`
  guest guestuser gast invite invitado ospite convidado gjest host misafir test tester testuser testaccount dummy demo
  demouser sample null none undefined unknown noname nouser anonymous anon foo asdf qwerty
`);

/** These stand for nobody only as they are here: their words alone may be somebody's. */
export const NOBODY_PHRASES: readonly string[] = [
  ...["n a", "n d", "n c", "n v", "s d", "s n", "k a", "i t", "id", "uid", "email", "mail", "phone", "login", "name"],
  ...["not set", "not available", "not applicable", "not provided", "not authenticated", "not logged in", "not found"],
  ...["not specified", "not known", "not identified", "not given", "not assigned", "logged out", "signed out"],
  ...[
    "no value",
    "no data",
    "no id",
    "no name",
    "no email",
    "no mail",
    "no user",
    "no customer",
    "no account",
    "no one",
  ],
  ...["no login", "data not available", "value not set", "first last", "lorem ipsum", "object object", "user id"],
  ...["keine angabe", "keine angaben", "nicht verfügbar", "nicht angegeben", "nicht gesetzt", "non renseigné"],
  ...["non disponible", "non défini", "sin datos", "sin valor", "no disponible", "no aplica", "no definido"],
  ...["non disponibile", "non definito", "não informado", "não disponível", "não definido", "sem dados", "sem valor"],
  ...["niet beschikbaar", "niet ingevuld", "ej angivet", "ej tillgänglig", "ikke oppgitt", "ikke tilgjengelig"],
  ...[
    "ikke angivet",
    "ei saatavilla",
    "ei tietoa",
    "brak danych",
    "nie podano",
    "не указано",
    "не задано",
    "нет данных",
  ],
  ...[
    "please wait",
    "in progress",
    "wird geladen",
    "chargement en cours",
    "loading user",
    "invalid date",
    "bad request",
  ],
  ...["internal server error", "service unavailable", "gateway timeout", "access denied", "not a number", "opt out"],
  ...[
    "opted out",
    "consent denied",
    "do not track",
    "hello world",
    "guid empty",
    "string empty",
    "n n",
    "n k",
    "n v t",
  ],
  ...["finns ej", "لا يوجد", "בלי שם", "không có", "urn uuid"],
  ...["알 수 없음", "غير معروف", "לא ידוע", "belirtilmemiş"],
];

/** Values that programs and devices give to everybody, in lower case and without punctuation. */
export const NOBODY_VALUES: readonly string[] = [
  // The largest numbers of 32, 53 and 64 bits.
  ...["2147483647", "2147483648", "4294967295", "9007199254740991", "9223372036854775807", "9223372036854775808"],
  "18446744073709551615",
  // An Android id that a faulty version gave to millions of telephones, and the address that iOS and Android show for any.
  ...["9774d56d682e549c", "020000000000"],
  // Serial numbers of telephones that were never set, and UUIDs of documentation.
  ...["004999010640000", "012345678912345", "12345678123412341234123456789012", "12345678123412341234123456789abc"],
];

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
