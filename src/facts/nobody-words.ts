// What software and people write where there is nobody to name. As data: a new word is a word here.

const MISSING = `
  null nul nil none undefined undef void empty blank missing nan inf infinity nbsp na false true
  nothing nobody noone nowhere noid noname noemail nomail nouser notset unset unassigned unidentified
  unauthenticated unavailable default dummy fake placeholder sample todo tbd xxx
  kein keine keiner leer unbekannt aucun aucune vide inconnu inconnue ninguno ninguna vacio desconocido desconocida
  nessuno nessuna vuoto sconosciuto sconosciuta nenhum nenhuma vazio desconhecido desconhecida geen leeg onbekend
  ingen inget okand ukjent ukendt ei tuntematon brak nieznany nieznana neznamy ismeretlen bilinmeyen bilinmiyor yok
  нет неизвестно неизвестный неизвестная пусто άγνωστος ничего
  なし 無し 不明 未設定 未知 未定义 无 無 空 없음 미상 مجهول فارغ
`;

const ANYBODY = `
  anonymous anon anonym anonyme anonimo anonima anoniem anonymt nimeton anonymni
  unknown unknownuser unknowncustomer nonuser
  guest guestuser gast invite invitado invitada ospite convidado convidada gjest vieras gosc host misafir vendeg
  visitor visiteur visitante user users username userid customer customerid customers client clientid person
  distinctid anonymousid visitorid deviceid cookieid custid
  test tests testing tester testuser testaccount teste prueba essai
  demo demouser admin administrator root system foo foobar asdf asdfasdf asdfgh qwerty
  аноним анонимный гость тест пользователь
  匿名 匿名さん ゲスト テスト 访客 游客 訪客 遊客 测试 測試 게스트 익명 테스트 زائر ضيف אורח
`;

/** Each of these words stands for nobody, and so does a value made of such words alone. */
export const NOBODY_WORDS: readonly string[] = [...wordsOf(MISSING), ...wordsOf(ANYBODY)];

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
