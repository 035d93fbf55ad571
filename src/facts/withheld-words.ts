// What telephone systems show instead of a number. As data: a new word is a word here.

/** The caller asked not to be shown. */
export const HIDDEN: readonly string[] = [
  ...[
    "anonymous",
    "anonymus",
    "blocked",
    "withheld",
    "restricted",
    "private",
    "hidden",
    "confidential",
    "secret",
    "no",
  ],
  ...["clir", "privacy", "unlisted", "p"],
  ...["anonym", "unterdrückt", "verborgen", "privat", "geheim", "keine"],
  ...["anonyme", "masqué", "masquée", "caché", "privé", "secrète"],
  ...["anónimo", "oculto", "privado", "restringido", "confidencial"],
  ...["anonimo", "nascosto", "privato", "riservato", "anônimo", "restrito", "confidencial"],
  ...["anoniem", "privénummer", "afgeschermd", "verborgen"],
  ...["hemligt", "hemlig", "dolt", "skyddat", "hemmelig", "skjult", "hemmeligt"],
  ...["salainen", "salattu", "piilotettu", "yksityinen", "nimetön"],
  ...["prywatny", "zastrzeżony", "ukryty", "anonimowy", "skryté", "soukromé", "rejtett", "titkos", "privát"],
  ...["скрытый", "скрыт", "анонимный", "частный", "анонім", "прихований", "απόκρυψη", "ιδιωτικός", "gizli", "özel"],
  ...["非通知", "非通知設定", "番号非通知", "匿名", "私人", "私人号码", "隐藏", "隐藏号码", "隱藏號碼", "号码保密"],
  ...["발신번호표시제한", "발신번호 표시제한", "익명", "חסוי", "مجهول", "خاص", "محجوب"],
];

/** The network has no number to show. */
export const UNKNOWN: readonly string[] = [
  ...[
    "unknown",
    "unavailable",
    "not available",
    "unassigned",
    "out of area",
    "not provided",
    "payphone",
    "coinphone",
    "o",
  ],
  ...["unbekannt", "nicht verfügbar", "inconnu", "indisponible", "non disponible", "desconocido", "no disponible"],
  ...["sconosciuto", "non disponibile", "desconhecido", "indisponível", "não identificado", "onbekend"],
  ...["niet beschikbaar", "okänd", "okänt", "ukjent", "ukendt", "tuntematon", "nieznany", "neznámé", "neznámý"],
  ...["ismeretlen", "неизвестный", "неизвестен", "неизвестно", "не определен", "невідомий", "άγνωστος", "bilinmeyen"],
  ...["不明", "表示圏外", "公衆電話", "未知", "未知号码", "无法显示", "알 수 없음", "לא ידוע", "غير معروف"],
];

/** What stands beside such a word: "private number", "no caller id". */
export const FILLERS: readonly string[] = [
  ...["number", "caller", "callerid", "id", "cli", "call", "the", "nummer", "rufnummer", "anrufer", "numéro", "appel"],
  ...["número", "numero", "llamada", "chiamata", "chamada", "numer", "číslo", "szám", "номер", "абонент", "numara"],
  ...["αριθμός", "מספר", "رقم", "appelant", "beller", "nr", "num"],
];

/**
 * The same words as carriers dial them on the letters of a keypad: ANONYMOUS, RESTRICTED, UNKNOWN in two spellings, PRIVATE,
 * UNAVAILABLE, PAYPHONE, BLOCKED.
 */
export const KEYPAD: readonly string[] = [
  ...["266696687", "7378742833", "8656696", "8566696", "7748283", "86282452253", "72974663", "2562533"],
];
