/*
 * Names of columns in public files and in the languages of Exportify. All interfaces use this
 * table.
 */
#include "catalog/read/column_alias.h"

#include "base/fold.h"

#include <string.h>

/*
 * Names as normalize() gives them, without marks such as the dakuten and with Hangul as jamo, the
 * surest first, with a space before and after each.
 */
typedef struct alias_row {
    uint32_t column;
    uint8_t unit;
    const char *names;
} alias_row;

static const alias_row table[] = {
    {MSCHED__COLUMN_TRACK_ID, MSCHED__UNIT_NONE,
     " "
     "trackid spotifytrackid trackuri spotifyuri spotifyid tracklink trackurl "
     "spotifyurl songuri songid songurl uri id trackexternalurlsspotify "
     "externalurlsspotify url link identifier instanceid رابطالاغنيةuri "
     "uriκομματιου uridelacancion uridutitre uridellatraccia トラックuri "
     "nummeruri uridafaixa latensuri parcauri recordingmbid "},
    {MSCHED__COLUMN_TRACK_NAME, MSCHED__UNIT_NONE,
     " "
     "trackname songname songtitle tracktitle title song track name titel "
     "titre titulo titolo cancion chanson morceau brano اسمالاغنية "
     "ονομακομματιου nombredelacancion nomdutitre nomedellatraccia トラック名 "
     "nummernaam nomedafaixa latensnamn parcaadi recordingname recordingtitle "
     "songtitel liedtitel lied musiktitel titelname titolodelbrano "
     "titolobrano titolocanzone canzone nomedobrano nombredecancion "
     "titulodelacancion tema pista titredelachanson titredumorceau "
     "nomdumorceau musica nomedamusica faixa nom nombre nome sangtitel "
     "latnamn sarkiadi sarki tytul utwor nazwautworu nazev skladba название "
     "названиепесни названиетрека песня трек композиция 曲名 楽曲名 タイトル トラック 名前 "
     "歌名 歌曲 歌曲名 歌曲名称 曲目 标题 標題 名称 "
     "titeldessongs titeldesliedes sang sangnavn kappale kappaleennimi nimi biisi cim dal "
     "dalcim dalcime szamcim szamcime nazevskladby nazov nazovskladby назва назвапісні "
     "назватреку пісня композиція τιτλοσ τιτλοστραγουδιου τραγουδι κομματι "
     "제목 곡명 곡제목 노래 노래제목 트랙명 เพลง "
     "ชื่อเพลง "
     "naslov naslovpesmi pesem pesma pjesma nazivpesme nazivpjesme nombrecancion "},
    {MSCHED__COLUMN_TRACK_ARTIST, MSCHED__UNIT_NONE,
     " "
     "trackartist trackartists artists artistnames artistname artistsname "
     "trackartistname trackartistnames trackartistsname performer performers "
     "artist singer singers interpret interpreten kunstler artiste artistes "
     "artista artistas artiest band creator primaryartist mainartist "
     "artists0name trackartists0name artistname1 artist1 allartists artistcredit "
     "userusername grandparenttitle اسماءالفنانين "
     "kunstlernamen ονοματακαλλιτεχνη nombresdelartista nomsdelartiste "
     "nomedellartista アーティスト名 naamvanartiest nomesdoartista artistensnamn "
     "sanatciadi artistcreditname artistcredit interpretname interpretennamen "
     "interpretenname interpretin chanteur chanteuse groupe nomdartiste "
     "cantante grupo nombredeartista interprete cantor nomedoartista "
     "artistanome uitvoerder wykonawca artysta umelec interpretka sanatci "
     "esittaja исполнитель исполнители артист певец アーティスト 歌手 歌手名 演奏者 "
     "艺术家 艺人 藝人 演唱者 演出者 表演者 "
     "namedeskunstlers kunstlername kunstner kunstnere kunstnernavn artistnavn artisti "
     "artistit artistinnimi esittajat esittajannimi eloado eloadok eloadoneve muvesz "
     "виконавець виконавці співак співачка καλλιτεχνησ καλλιτεχνεσ ονομακαλλιτεχνη "
     "ερμηνευτησ τραγουδιστησ izvajalec imeizvajalca izvodac izvođac artistinverted "
     "가수 아티스트 아티스트명 가수명 ศิลปิน นักร้อง ชื่อศิลปิน "},
    {MSCHED__COLUMN_ALBUM_ID, MSCHED__UNIT_NONE,
     " "
     "trackalbumid albumid collectionid albumuri trackalbumuri رابطالالبومuri uriαλμπουμ "
     "uridelalbum uridellalbum アルバムuri uridoalbum albumetsuri releasembid "},
    {MSCHED__COLUMN_ALBUM_NAME, MSCHED__UNIT_NONE,
     " "
     "trackalbumname albumname albumtitle trackalbum spotifytrackalbum album collectionname "
     "parenttitle "
     "disco albumo اسمالالبوم ονομααλμπουμ nombredelalbum nomdelalbum "
     "nomedellalbum アルバム名 naamvanalbum nomedoalbum albumetsnamn albumadi "
     "releasename releasetitle albumtitel albumnaam titredelalbum "
     "titulodelalbum titolodellalbum titolodelalbum titulodoalbum albumi "
     "альбом 专辑 專輯 专辑名 "
     "アルバム アルバム名 titeldesalbums "
     "namedesalbums albumnavn albuminnimi levy albumcim albumcime albumneve "
     "назваальбому αλμπουμ δισκοσ τιτλοσαλμπουμ "
     "앨범 앨범명 อัลบั้ม "},
    {MSCHED__COLUMN_PLAYLIST_ID, MSCHED__UNIT_NONE,
     " "
     "playlistid playlisturi "},
    {MSCHED__COLUMN_PLAYLIST_NAME, MSCHED__UNIT_NONE,
     " "
     "playlistname playlisttitle playlist "},
    {MSCHED__COLUMN_GENRE, MSCHED__UNIT_NONE,
     " "
     "playlistgenre trackgenre genre genres trackgenres songgenre maingenre "
     "primarygenre topgenre musicgenre genrename spotifygenre primarygenrename genrenames genero "
     "generos "
     "generi genere artistgenre artistgenres artistsgenres albumgenres "
     "genretop style انواعالفنان kunstlergenres ειδηκαλλιτεχνη "
     "generosdelartista genresdelartiste generidellartista アーティストジャンル "
     "genresvandeartiest generosdoartista artistensgenrer sanatciturleri "
     "musikrichtung stil gatunek zanr tur жанр ジャンル 流派 类型 類型 風格 风格 曲风 曲風 "
     "장르 แนวเพลง "},
    {MSCHED__COLUMN_SUBGENRE, MSCHED__UNIT_NONE,
     " "
     "playlistsubgenre subgenre subgenres tracksubgenre "},
    {MSCHED__COLUMN_POPULARITY, MSCHED__UNIT_NONE,
     " "
     "trackpopularity spotifytrackpopularity spotifypopularity popularity "
     "songpopularity popularityscore pop hotness songhotness songhotttnesss hotttnesss "
     "الشعبية beliebtheit popularitat δημοτικοτητα "
     "popularidad popularite popolarita 人気度 populariteit popularidade "
     "popularitet populerlik популярность popularnosc 流行度 热度 熱度 "
     "popularita oblibenost suosio nepszeruseg популярність 人気 人气 人氣 "
     "인기도 ความนิยม "},
    {MSCHED__COLUMN_PLAYS, MSCHED__UNIT_NONE,
     " "
     "playcount plays streams stream streamcount totalstreams spotifystreams streamsbillions "
     "playbackcount trackplay numberofplays timesplayed totalplays views viewcount "
     "youtubeviews "
     "listens "
     "listencount scrobbles listeners listenercount reproducciones numerodereproducciones "
     "abspielungen wiedergaben anzahlwiedergaben ecoutes lectures nombredelectures "
     "riproduzioni ascolti reproducoes afspeelaantal odtworzenia прослушивания 再生回数 播放次数 "
     "播放量 재생횟수 "},
    {MSCHED__COLUMN_RELEASE_DATE, MSCHED__UNIT_NONE,
     " "
     "trackalbumreleasedate albumreleasedate releasedate releasedon "
     "trackreleasedate songreleasedate albumdate dateofrelease released "
     "releaseddate publishdate publicationdate erscheinungsdatum "
     "تاريخاصدارالالبوم veroffentlichungsdatumdesalbums "
     "ημερομηνιακυκλοφοριασαλμπουμ fechadelanzamientodelalbum "
     "datedesortiedelalbum datadirilasciodellalbum アルバム発売日 "
     "releasedatumvanhetalbum datadelancamentodoalbum albumetsreleasedatum "
     "albumcikistarihi firstreleasedate originalreleasedate originaldate releasedatum datereleased "
     "albumdatereleased veroffentlichungsdatum veroffentlicht datedesortie "
     "datedeparution fechadelanzamiento fechadepublicacion datadiuscita "
     "datadipubblicazione datadelancamento utgivningsdatum datawydania "
     "датавыхода датарелиза リリース日 発売日 发行日期 發行日期 发行时间 "
     "발매일 발매일자 "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_DANCEABILITY, MSCHED__UNIT_NONE,
     " "
     "danceability dnce dance danceabilityscore قابليةالرقص tanzbarkeit "
     "χορευτικοτητα bailabilidad danseabilite ballabilita ダンサビリティ "
     "dansbaarheid dancabilidade dansbarhet dansedilebilirlik dansabilite "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_ENERGY, MSCHED__UNIT_NONE,
     " "
     "energy nrgy energylevel الطاقة energie ενεργεια energia エネルギー energi enerji "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_KEY, MSCHED__UNIT_NONE,
     " "
     "key audiokey musicalkey songkey trackkey initialkey camelot camelotkey "
     "keysignature chord المفتاح tonart τονικοτητα tonalidad "
     "tonalite chiave キー toonsoort tonalidade ton "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_LOUDNESS, MSCHED__UNIT_NONE,
     " "
     "loudness loudnessdb louddb db overallloudness مستوىالصوت lautstarke "
     "ενταση volumen volumesonore volume ラウドネス luidheid ljudstyrka "
     "sesseviyesi lautheit "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_MODE, MSCHED__UNIT_NONE,
     " "
     "mode audiomode النمط modus τροποσ modo modalita モード lage mod "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_SPEECHINESS, MSCHED__UNIT_NONE,
     " "
     "speechiness spch speech محتوىالكلام sprachanteil ομιλητικοτητα hablado "
     "parlabilite linguaggioparlato スピーチ性 spraakzaamheid oralidade talighet "
     "konusmaorani sprechanteil "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_ACOUSTICNESS, MSCHED__UNIT_NONE,
     " "
     "acousticness acous acoustics acoustic الطابعالصوتي akustik "
     "ακουστικοτητα acustica acoustique アコースティック性 akoestiek akustiklik "
     "acusticidad acusticidade akustizitat acousticite acusticita "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_INSTRUMENTALNESS, MSCHED__UNIT_NONE,
     " "
     "instrumentalness instr instrum الطابعالالي instrumentalitat "
     "οργανοκεντρικοτητα instrumentalidad instrumental strumentalita "
     "インストゥルメンタル性 instrumentaliteit instrumentalidade instrumentalhet "
     "enstrumantalite instrumentalite instrumentalita "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_LIVENESS, MSCHED__UNIT_NONE,
     " "
     "liveness liveliness live الحيوية lebendigkeit ζωντανια vivacidad "
     "vivacite vivacita ライブ感 levendigheid vivacidade livlighet canlilik "
     "lebhaftigkeit "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_VALENCE, MSCHED__UNIT_NONE,
     " "
     "valence val audiovalence positivity positiveness happiness happy الايجابية valenz θετικοτητα "
     "valencia valenza 感情値 valentie valens duygusallik "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_TEMPO, MSCHED__UNIT_NONE,
     " "
     "tempo bpm beatsperminute beatsperminutebpm tempobpm avgbpm trackbpm الايقاع "
     "ρυθμοσ テンポ "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_MS,
     " "
     "durationms trackdurationms spotifytrackdurationms songdurationms "
     "lengthms tracklengthms durationmillis durationmilliseconds durationinms "
     "durationinmillis msplayedduration totaltimems مدةالاغنيةبالملليثانية trackdauerms "
     "διαρκειακομματιουms duraciondelacancionms dureedutitrems "
     "duratadellatracciams トラックの長さミリ秒 nummerduurms duracaodafaixams "
     "latlangdms parcasuresims mediadurationms "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_S,
     " "
     "durations durationsec durationsecs durationseconds durationinseconds "
     "durationinsec lengths lengthsec lengthseconds lengthinseconds "
     "tracklengthseconds songdurations songdurationseconds dursec seconds secs "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_MIN,
     " "
     "durationmin durationmins durationminutes durationinminutes durationinmin "
     "lengthmin lengthminutes songdurationmin trackdurationmin minutes mins "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_NONE,
     " "
     "duration length lengthduration songduration trackduration songlength "
     "tracklength runtime playtime totaltime time dur lange dauer duree "
     "duracion durata spieldauer laufzeit mediaduration tracktime minutage "
     "duracao duur tijdsduur langd varighed lengde kesto czas czastrwania "
     "delka sure zeit tiempo длительность продолжительность время 再生時間 演奏時間 "
     "時間 長さ 时长 時長 时间 長度 长度 "
     "laengde spilletid pituus hossz idotartam jatekido dlzka тривалість διαρκεια "
     "재생시간 길이 시간 ความยาว "},
    {MSCHED__COLUMN_ARTIST_URIS, MSCHED__UNIT_NONE,
     " "
     "artisturis artistids artistsids artistid artisturi trackartistids idartists "
     "artistsid trackartistsid روابطالفنانينuri kunstleruris uriκαλλιτεχνηων "
     "urisdelartista urisdelartiste uridellartista アーティストuri artiesturi "
     "urisdoartista artistensuri sanatciuri "},
    {MSCHED__COLUMN_ARTIST_COUNT, MSCHED__UNIT_NONE,
     " "
     "artistcount artistscount numartists numberofartists artistnumber "},
    {MSCHED__COLUMN_YEAR, MSCHED__UNIT_NONE,
     " "
     "releaseyear releasedyear year albumyear albumreleaseyear trackyear "
     "yearreleased yearofrelease yearyyyy erscheinungsjahr jahr annee ano "
     "anno veroffentlichungsjahr ausgabejahr anneedesortie anodelanzamiento "
     "annodiuscita annodipubblicazione anodelancamento jaar rok rokwydania "
     "jaartal leto godina productionyear parentyear yil год годвыпуска 年 発売年 年代 年份 "},
    {MSCHED__COLUMN_MONTH, MSCHED__UNIT_NONE,
     " "
     "releasemonth releasedmonth "},
    {MSCHED__COLUMN_DAY, MSCHED__UNIT_NONE,
     " "
     "releaseday releasedday "},
    {MSCHED__COLUMN_ARTIST_AND_TITLE, MSCHED__UNIT_NONE,
     " "
     "artistandtitle artisttitle artistandtrack artisttrack artistandsong artistsong "
     "artistandsongtitle artistsongtitle artistandtrackname trackartisttitle interprettitel "
     "interpretundtitel kunstlertitel kunstlerundtitel artistetitre artisteettitre "
     "artistatitulo artistaytitulo interpretetitulo artistatitolo artistaetitolo "
     "artistaetitulo trackdescription titleandartist titleartist trackandartist "
     "songandartist titelinterpret titelundinterpret titelkunstler titreartiste "
     "titreetartiste tituloartista tituloyartista titoloartista tituloeartista "},
};

#define NAME_BYTES  64 /* a longer field of a header is not the name of a column */
#define LATER_RANKS 1000

/*
 * Remove case, diacritics, blanks and punctuation. Returns the size; 0 if the result is empty or
 * too long.
 */
static size_t normalize(char out[NAME_BYTES], msched__slice name)
{
    char folded[NAME_BYTES * 20];
    size_t used = 0;
    if (name.size > NAME_BYTES)
        return 0;
    size_t size = msched__fold_search(folded, name.data, name.size);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)folded[i];
        if (c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            continue;
        if (used == NAME_BYTES)
            return 0;
        out[used++] = (char)c;
    }
    return used;
}

static uint32_t find_name(const char *name, size_t size, uint32_t *rank, uint8_t *unit)
{
    char word[NAME_BYTES + 3];
    word[0] = ' ';
    memcpy(word + 1, name, size);
    memcpy(word + 1 + size, " ", 2);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *at = strstr(table[i].names, word);
        if (at == NULL)
            continue;
        *rank += (uint32_t)(at - table[i].names);
        *unit = table[i].unit;
        return table[i].column;
    }
    return MSCHED__COLUMN_ALL;
}

/*
 * "Artist Name 2", "Artist_2_Name", and "artists.1.name", the second of a list: one of several
 * artists.
 */
static uint32_t find_numbered(const char *name, size_t size, uint32_t *rank, uint8_t *unit)
{
    char plain[NAME_BYTES];
    size_t digit = size;
    for (size_t i = 0; i < size; i++)
        if (name[i] >= '0' && name[i] <= '9') {
            if (digit < size)
                return MSCHED__COLUMN_ALL;
            digit = i;
        }
    if (digit == size || digit < 4)
        return MSCHED__COLUMN_ALL;
    const uint32_t number = (uint32_t)(name[digit] - '0') +
                            (digit + 1 < size && name[digit - 1] == 's' ? 1 : 0);
    memcpy(plain, name, digit);
    memcpy(plain + digit, name + digit + 1, size - digit - 1);
    if (find_name(plain, size - 1, rank, unit) != MSCHED__COLUMN_TRACK_ARTIST || number == 0 ||
        number > MSCHED__MORE_ARTISTS + 1)
        return MSCHED__COLUMN_ALL;
    return number == 1 ? (uint32_t)MSCHED__COLUMN_TRACK_ARTIST
                       : MSCHED__COLUMN_MORE_ARTISTS + number - 2;
}

/* A length with a unit beside its name: "Dauer (ms)", "time_sec", "sec_duration". */
static uint32_t find_with_unit(const char *name, size_t size, msched__slice raw, uint32_t *rank,
                               uint8_t *unit)
{
    static const struct {
        const char *name;
        uint8_t unit;
    } ends[] = {{"milliseconds", MSCHED__UNIT_MS},
                {"millisekunden", MSCHED__UNIT_MS},
                {"millis", MSCHED__UNIT_MS},
                {"msec", MSCHED__UNIT_MS},
                {"ms", MSCHED__UNIT_MS},
                {"seconds", MSCHED__UNIT_S},
                {"secondes", MSCHED__UNIT_S},
                {"segundos", MSCHED__UNIT_S},
                {"secondi", MSCHED__UNIT_S},
                {"sekunden", MSCHED__UNIT_S},
                {"secs", MSCHED__UNIT_S},
                {"sec", MSCHED__UNIT_S},
                {"sek", MSCHED__UNIT_S},
                {"seg", MSCHED__UNIT_S},
                {"s", MSCHED__UNIT_S},
                {"minutes", MSCHED__UNIT_MIN},
                {"minuten", MSCHED__UNIT_MIN},
                {"minutos", MSCHED__UNIT_MIN},
                {"mins", MSCHED__UNIT_MIN},
                {"min", MSCHED__UNIT_MIN}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t end = strlen(ends[i].name);
        size_t at = raw.size;
        uint32_t column = MSCHED__COLUMN_ALL;
        if (size < end + 3)
            continue;
        while (at > 0 && (raw.data[at - 1] == ')' || raw.data[at - 1] == ']'))
            at--;
        /* a single letter must be separate: "Duration (s)", but not "Times" */
        const int may_end = end > 1 || (at >= 2 && strchr(" _.-([/", raw.data[at - 2]) != NULL);
        if (may_end && memcmp(name + size - end, ends[i].name, end) == 0) {
            column = find_name(name, size - end, rank, unit);
            if (column == MSCHED__COLUMN_ALL && size > end + 2)
                column = find_name(name, size - end - 2, rank, unit); /* "Dauer in ms" */
        }
        if (column == MSCHED__COLUMN_ALL && end > 1 && memcmp(name, ends[i].name, end) == 0)
            column = find_name(name + end, size - end, rank, unit); /* "sec_duration" */
        if (column == MSCHED__COLUMN_DURATION) {
            *unit = ends[i].unit;
            return column;
        }
        *unit = MSCHED__UNIT_NONE;
    }
    return MSCHED__COLUMN_ALL;
}

/* Words before or after a name that do not change its meaning. */
static uint32_t find_shortened(const char *name, size_t size, uint32_t *rank, uint8_t *unit)
{
    static const char *const prefixes[] = {
        "trackaudiofeatures", "audiofeatures", "track", "song", "spotify", "audio",
        "features",           "cleaned",       "clean"};
    static const char *const suffixes[] = {"percentagevalue", "percentage", "percent", "pct",
                                           "value",           "cleaned",    "clean"};
    uint32_t column = MSCHED__COLUMN_ALL;
    if (size > 3 && name[size - 1] == 's')
        column = find_name(name, size - 1, rank, unit);
    for (size_t i = 0; column == MSCHED__COLUMN_ALL && i < sizeof prefixes / sizeof prefixes[0];
         i++) {
        size_t skip = strlen(prefixes[i]);
        if (size > skip + 2 && memcmp(name, prefixes[i], skip) == 0)
            column = find_name(name + skip, size - skip, rank, unit);
    }
    for (size_t i = 0; column == MSCHED__COLUMN_ALL && i < sizeof suffixes / sizeof suffixes[0];
         i++) {
        size_t end = strlen(suffixes[i]);
        if (size > end + 2 && memcmp(name + size - end, suffixes[i], end) == 0)
            column = find_name(name, size - end, rank, unit);
    }
    return column;
}

/* "(1-10)", "[0 to 10]": a scale of ten points. */
static int is_of_ten(msched__slice text)
{
    text = msched__trim(text);
    if (text.size < strlen("(1-10)") || strchr(")]", text.data[text.size - 1]) == NULL)
        return 0;
    text = msched__trim((msched__slice){text.data + 1, text.size - 2});
    if (text.size < strlen("1-10") || (text.data[0] != '0' && text.data[0] != '1') ||
        memcmp(text.data + text.size - 2, "10", 2) != 0)
        return 0;
    text = msched__trim((msched__slice){text.data + 1, text.size - 3});
    return msched__is_word(text, "-") || msched__is_word(text, "\xE2\x80\x93") ||
           msched__is_word(text, "to");
}

/* Remove a text in brackets at the end: "Popularity (0-100)", "Energy [0-1]". */
static uint32_t find_before_brackets(msched__slice name, uint32_t *rank, uint8_t *unit)
{
    char normal[NAME_BYTES];
    size_t cut = 0;
    while (cut < name.size && name.data[cut] != '(' && name.data[cut] != '[')
        cut++;
    if (cut == name.size)
        return MSCHED__COLUMN_ALL;
    size_t size = normalize(normal, (msched__slice){name.data, cut});
    if (size == 0)
        return MSCHED__COLUMN_ALL;
    const uint32_t column = find_name(normal, size, rank, unit);
    if (column == MSCHED__COLUMN_POPULARITY && *unit == MSCHED__UNIT_NONE &&
        is_of_ten((msched__slice){name.data + cut, name.size - cut}))
        *unit = MSCHED__UNIT_TENTH;
    return column;
}

/* The name in an object that holds the properties of a song: "attributes.name", "item.title". */
static msched__slice without_holder(msched__slice name)
{
    static const char *const holders[] = {"attributes.", "item.", "node."};
    for (size_t i = 0; i < sizeof holders / sizeof holders[0]; i++) {
        const size_t size = strlen(holders[i]);
        if (name.size > size && memcmp(name.data, holders[i], size) == 0)
            return (msched__slice){name.data + size, name.size - size};
    }
    return name;
}

uint32_t msched__column_alias(msched__slice name, uint32_t *rank, uint8_t *unit)
{
    char normal[NAME_BYTES];
    name = without_holder(name);
    size_t size = normalize(normal, name);
    *rank = 1;
    *unit = MSCHED__UNIT_NONE;
    if (size == 0)
        return MSCHED__COLUMN_ALL;
    uint32_t column = find_name(normal, size, rank, unit);
    if (column == MSCHED__COLUMN_ALL) {
        *rank = LATER_RANKS;
        column = find_numbered(normal, size, rank, unit);
    }
    if (column == MSCHED__COLUMN_ALL)
        column = find_with_unit(normal, size, name, rank, unit);
    if (column == MSCHED__COLUMN_ALL)
        column = find_shortened(normal, size, rank, unit);
    if (column == MSCHED__COLUMN_ALL)
        column = find_before_brackets(name, rank, unit);
    if (column != MSCHED__COLUMN_ALL && memchr(name.data, '%', name.size) != NULL)
        *unit = MSCHED__UNIT_PERCENT;
    return column;
}
