/*
 * What columns are called in public files and in the languages of Exportify. One table, for every
 * door.
 */
#include "catalog/header.h"

#include "base/fold.h"

#include <string.h>

/* Names as normalize() gives them, the surest first, with a space before and after each. */
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
     "uriκομματιου uridelacancion uridutitre uridellatraccia トラックuri nummeruri "
     "uridafaixa latensuri parcauri "},
    {MSCHED__COLUMN_TRACK_NAME, MSCHED__UNIT_NONE,
     " "
     "trackname songname songtitle tracktitle title song track name titel titre "
     "titulo titolo cancion chanson morceau brano trackandartist اسمالاغنية ονομακομματιου "
     "nombredelacancion "
     "nomdutitre nomedellatraccia トラック名 nummernaam nomedafaixa latensnamn parcaadi "},
    {MSCHED__COLUMN_TRACK_ARTIST, MSCHED__UNIT_NONE,
     " "
     "trackartist trackartists artists artistnames artistname artistsname "
     "trackartistname trackartistnames trackartistsname performer performers artist "
     "singer singers interpret interpreten kunstler artiste artistes artista "
     "artistas artiest band creator primaryartist mainartist artists0name "
     "trackartists0name artistname1 artist1 اسماءالفنانين kunstlernamen ονοματακαλλιτεχνη "
     "nombresdelartista nomsdelartiste nomedellartista アーティスト名 naamvanartiest "
     "nomesdoartista artistensnamn sanatciadi "},
    {MSCHED__COLUMN_ALBUM_ID, MSCHED__UNIT_NONE,
     " "
     "trackalbumid albumid albumuri trackalbumuri رابطالالبومuri uriαλμπουμ "
     "uridelalbum uridellalbum アルバムuri uridoalbum albumetsuri "},
    {MSCHED__COLUMN_ALBUM_NAME, MSCHED__UNIT_NONE,
     " "
     "trackalbumname albumname albumtitle trackalbum spotifytrackalbum album disco "
     "albumo اسمالالبوم ονομααλμπουμ nombredelalbum nomdelalbum nomedellalbum "
     "アルバム名 naamvanalbum nomedoalbum albumetsnamn albumadi "},
    {MSCHED__COLUMN_PLAYLIST_ID, MSCHED__UNIT_NONE,
     " "
     "playlistid playlisturi "},
    {MSCHED__COLUMN_PLAYLIST_NAME, MSCHED__UNIT_NONE,
     " "
     "playlistname playlisttitle playlist "},
    {MSCHED__COLUMN_GENRE, MSCHED__UNIT_NONE,
     " "
     "playlistgenre trackgenre genre genres trackgenres songgenre maingenre "
     "primarygenre topgenre musicgenre genrename spotifygenre genero generos generi "
     "genere artistgenre artistgenres artistsgenres albumgenres genretop style انواعالفنان "
     "kunstlergenres ειδηκαλλιτεχνη generosdelartista genresdelartiste "
     "generidellartista アーティストジャンル genresvandeartiest generosdoartista "
     "artistensgenrer sanatciturleri "},
    {MSCHED__COLUMN_SUBGENRE, MSCHED__UNIT_NONE,
     " "
     "playlistsubgenre subgenre subgenres tracksubgenre "},
    {MSCHED__COLUMN_POPULARITY, MSCHED__UNIT_NONE,
     " "
     "trackpopularity spotifytrackpopularity spotifypopularity popularity "
     "songpopularity popularityscore pop الشعبية beliebtheit δημοτικοτητα "
     "popularidad popularite popolarita 人気度 populariteit popularidade popularitet "
     "populerlik "},
    {MSCHED__COLUMN_RELEASE_DATE, MSCHED__UNIT_NONE,
     " "
     "trackalbumreleasedate albumreleasedate releasedate releasedon "
     "trackreleasedate songreleasedate albumdate dateofrelease released releaseddate "
     "publishdate publicationdate erscheinungsdatum تاريخاصدارالالبوم "
     "veroffentlichungsdatumdesalbums ημερομηνιακυκλοφοριασαλμπουμ "
     "fechadelanzamientodelalbum datedesortiedelalbum datadirilasciodellalbum "
     "アルバム発売日 releasedatumvanhetalbum datadelancamentodoalbum albumetsreleasedatum "
     "albumcikistarihi "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_DANCEABILITY, MSCHED__UNIT_NONE,
     " "
     "danceability dnce dance danceabilityscore قابليةالرقص tanzbarkeit "
     "χορευτικοτητα bailabilidad danseabilite ballabilita ダンサビリティ dansbaarheid "
     "dancabilidade dansbarhet dansedilebilirlik "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_ENERGY, MSCHED__UNIT_NONE,
     " "
     "energy nrgy energylevel الطاقة energie ενεργεια energia エネルギー energi enerji "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_KEY, MSCHED__UNIT_NONE,
     " "
     "key audiokey musicalkey songkey trackkey المفتاح tonart τονικοτητα tonalidad "
     "tonalite chiave キー toonsoort tonalidade ton "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_LOUDNESS, MSCHED__UNIT_NONE,
     " "
     "loudness loudnessdb louddb db overallloudness مستوىالصوت lautstarke ενταση volumen "
     "volumesonore volume ラウドネス luidheid ljudstyrka sesseviyesi "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_MODE, MSCHED__UNIT_NONE,
     " "
     "mode audiomode النمط modus τροποσ modo modalita モード lage mod "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_SPEECHINESS, MSCHED__UNIT_NONE,
     " "
     "speechiness spch speech محتوىالكلام sprachanteil ομιλητικοτητα hablado parlabilite "
     "linguaggioparlato スピーチ性 spraakzaamheid oralidade talighet konusmaorani "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_ACOUSTICNESS, MSCHED__UNIT_NONE,
     " "
     "acousticness acous acoustics acoustic الطابعالصوتي akustik ακουστικοτητα acustica "
     "acoustique アコースティック性 akoestiek akustiklik "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_INSTRUMENTALNESS, MSCHED__UNIT_NONE,
     " "
     "instrumentalness instr instrum الطابعالالي instrumentalitat "
     "οργανοκεντρικοτητα instrumentalidad instrumental strumentalita インストゥルメンタル性 "
     "instrumentaliteit instrumentalidade instrumentalhet enstrumantalite "},
    {MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_LIVENESS, MSCHED__UNIT_NONE,
     " "
     "liveness liveliness live الحيوية lebendigkeit ζωντανια vivacidad vivacite vivacita ライブ感 "
     "levendigheid vivacidade livlighet canlilik "},
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
     "durationms trackdurationms spotifytrackdurationms songdurationms lengthms "
     "tracklengthms durationmillis durationmilliseconds durationinms "
     "msplayedduration totaltimems مدةالاغنيةبالملليثانية trackdauerms "
     "διαρκειακομματιουms duraciondelacancionms dureedutitrems duratadellatracciams "
     "トラックの長さミリ秒 nummerduurms duracaodafaixams latlangdms parcasuresims "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_S,
     " "
     "durations durationsec durationsecs durationseconds durationinseconds "
     "durationinsec lengths lengthsec lengthseconds lengthinseconds "
     "tracklengthseconds songdurations songdurationseconds dursec "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_MIN,
     " "
     "durationmin durationmins durationminutes durationinminutes durationinmin "
     "lengthmin lengthminutes songdurationmin trackdurationmin "},
    {MSCHED__COLUMN_DURATION, MSCHED__UNIT_NONE,
     " "
     "duration length lengthduration songduration trackduration songlength "
     "tracklength runtime playtime totaltime time dur lange dauer duree duracion "
     "durata spieldauer laufzeit "},
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
     "yearreleased yearofrelease yearyyyy erscheinungsjahr jahr annee ano anno "},
    {MSCHED__COLUMN_MONTH, MSCHED__UNIT_NONE,
     " "
     "releasemonth releasedmonth "},
    {MSCHED__COLUMN_DAY, MSCHED__UNIT_NONE,
     " "
     "releaseday releasedday "},
};

#define NAME_BYTES  64 /* longer fields of a header name no column */
#define LATER_RANKS 1000

/* Case, diacritics, blanks and signs gone. Returns the bytes, 0 for nothing or too much. */
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

/* Words that may stand before a name or behind it without another meaning. */
static uint32_t find_shortened(const char *name, size_t size, uint32_t *rank, uint8_t *unit)
{
    static const char *const prefixes[] = {
        "trackaudiofeatures", "audiofeatures", "track", "song", "spotify", "audio", "features"};
    uint32_t column = MSCHED__COLUMN_ALL;
    *rank = LATER_RANKS;
    if (size > 3 && name[size - 1] == 's')
        column = find_name(name, size - 1, rank, unit);
    for (size_t i = 0; column == MSCHED__COLUMN_ALL && i < sizeof prefixes / sizeof prefixes[0];
         i++) {
        size_t skip = strlen(prefixes[i]);
        if (size > skip + 2 && memcmp(name, prefixes[i], skip) == 0)
            column = find_name(name + skip, size - skip, rank, unit);
    }
    return column;
}

uint32_t msched__column_alias(msched__slice name, uint32_t *rank, uint8_t *unit)
{
    char normal[NAME_BYTES];
    size_t size = normalize(normal, name);
    *rank = 1;
    *unit = MSCHED__UNIT_NONE;
    if (size == 0)
        return MSCHED__COLUMN_ALL;
    uint32_t column = find_name(normal, size, rank, unit);
    if (column == MSCHED__COLUMN_ALL)
        column = find_shortened(normal, size, rank, unit);
    if (column != MSCHED__COLUMN_ALL && memchr(name.data, '%', name.size) != NULL)
        *unit = MSCHED__UNIT_PERCENT;
    return column;
}
