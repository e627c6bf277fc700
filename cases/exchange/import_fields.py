"""The fields that the columns of each kind of file can hold, and the words they go by."""

from collections.abc import Mapping

from cases.vocabulary.base import Terms
from cases.vocabulary.batches import BatchKind, BatchStatus, Presence, RosterPolicy
from cases.vocabulary.counts import Dimension, Measure, Qualifier, Unit
from cases.vocabulary.imports import ImportKind
from cases.vocabulary.individuals import AgeClass, CaseSensitivity, Identification, Priority, Sex
from cases.vocabulary.places import PlaceKind
from cases.vocabulary.reports import Attribution, Channel, Modality

TERMS: Mapping[str, type[Terms]] = {
    "sex": Sex, "age_class": AgeClass, "identification": Identification, "priority": Priority,
    "sensitivity": CaseSensitivity, "batch_kind": BatchKind, "batch_status": BatchStatus,
    "roster_policy": RosterPolicy, "presence": Presence, "measure": Measure,
    "qualifier": Qualifier, "unit": Unit, "dimension": Dimension, "place_kind": PlaceKind,
    "attribution": Attribution, "channel": Channel, "modality": Modality,
}  # fmt: skip

# Field | how it is read | headers besides the field's own name | HXL tags, the closest first
TABLES: Mapping[str, str] = {
    ImportKind.INDIVIDUALS: """
external_id | text | id, external id, record id, внешний код, зовнішній код
  | #respondee+id, #meta+id
name | text | full name, names, фио, полное имя, имя и фамилия, піб, повне ім'я, прізвище та ім'я
  | #respondee+name
name_ru | text | name ru, имя по русски, фио рус | #respondee+name+i_ru
name_uk | text | name uk, ім'я українською, піб укр | #respondee+name+i_uk
name_en | text | name en, имя латиницей, ім'я латиницею, name latin | #respondee+name+i_en
family_name | text | last name, surname, фамилия, прізвище | #respondee+name+family
given_name | text | first name, имя, ім'я | #respondee+name+given
patronymic | text | middle name, отчество, по батькові | #respondee+name+patronymic
language_tag | text | language of the name, язык имени, мова імені |
sex | sex | gender, пол, стать | #respondee+sex
birth_edtf | date | birth, date of birth, birth date, born, dob, birthday, year of birth,
  дата рождения, год рождения, дата народження, рік народження | #date+birth, #respondee+birth
birth_as_stated | text | birth as stated |
age_as_stated | number | age, возраст, вік | #respondee+age, #respondee+age+min
age_as_of_edtf | date | age as of, age on, возраст на дату, вік на дату | #date+age
home_place | place | home, place of origin, residence, место жительства, родное место, адрес,
  місце проживання | #loc+origin+name, #adm1+code+origin, #loc+home
last_known_place | place | last known, last seen at, последнее известное место,
  останнє відоме місце | #loc+lastknown
separation_edtf | date | separated, separation, date of separation, last seen, missing since,
  дата разлуки, пропал, дата зникнення, зник | #date+occurred+separation
separation_as_stated | text | separation as stated |
circumstances | text | remarks, notes, comment, обстоятельства, примечание, обставини, примітка
  | #description
identification | identification | опознание, ідентифікація |
priority | priority | приоритет, пріоритет |
sensitivity | sensitivity | чувствительность, чутливість |
do_not_share_with | text | do not share, не сообщать, не повідомляти |
barred | barred | status, return status, work status, case status, organisation, organization,
  case number, recorded by, verified, статус, организация, організація, номер дела,
  номер справи | #status+code+return, #status
""",
    ImportKind.BATCHES: """
external_id | text | id, external id, record id | #meta+id
code | text | batch, reference, код, шифр | #event+code
title | text | name, название, назва | #event+name
kind | batch_kind | type, вид, тип | #event+type
status | batch_status | статус | #status+name
route | route | маршрут | #loc+route
departed_edtf | date | departed, departure, date of departure, отправление, відправлення
  | #date+start
arrived_edtf | date | arrived, arrival, date of arrival, прибытие, прибуття | #date+occurred
releasing_body | body | released by, передающая сторона, сторона що передає | #org+releasing
receiving_body | body | received by, принимающая сторона, сторона що приймає | #org+receiving
destination | place | to, место назначения, місце призначення | #adm1+code+dest, #loc+dest
roster_policy | roster_policy | names, список имён, список імен |
is_published | truth | published, опубликовано, оприлюднено |
slots | number | people, number of slots, slot count, мест, людей, місць | #affected+ind+named
remarks | text | notes, comment, примечание, примітка | #description
barred | barred | organisation, organization, recorded by, организация, організація |
""",
    ImportKind.SLOTS: """
external_id | text | id, external id, record id | #meta+id
batch | batch | batch code, группа, група, код группы, код групи | #meta+id+batch, #event+code
number | number | no, slot, slot number, номер | #meta+number
individual | individual | case, case number, номер дела, номер справи | #respondee+id
age_class | age_class | age, возраст, вік | #respondee+age
sex | sex | gender, пол, стать | #respondee+sex
presence | presence | присутствие, присутність | #status+name
barred | barred | organisation, organization, recorded by, организация, організація |
""",
    ImportKind.COUNTS: """
external_id | text | id, external id, record id, claim id | #meta+id+claim, #meta+id
statement | statement | statement code, заявление, заява | #meta+id+statement
report | report | report code, source, публикация, публікація, источник, джерело | #meta+source
summary | text | what was said, summary of the statement, суть, суть висловлювання
  | #description+quote
speaker | body | claimant, said by, speaker body, кто сказал, хто сказав
  | #group+name+claimant, #org+name+claimant
attribution | attribution | | #meta+attribution
channel | channel | канал |
modality | modality | |
said_edtf | date | said, said on, asserted on, сказано | #date+reported
population | population | population code, совокупность, сукупність | #indicator+code
measure | measure | stock or flow, мера, міра | #indicator+type+stockflow
stated_text | text | figure as stated, как сказано, як сказано | #meta+stated
stated_value | number | value, figure, number, count, число, кількість, количество
  | #affected+ind+stated
qualifier | qualifier | | #meta+qualifier
low | number | at least, от, від | #affected+ind+min
high | number | at most, до | #affected+ind+max
is_estimate | truth | estimate, оценка, оцінка | #meta+estimate
unit | unit | единица, одиниця | #indicator+unit
as_of_edtf | date | as of, on, на дату, станом на | #meta+edtf, #date+start
batch | batch | batch code, группа, група | #event+code
part_of | count | subgroup of |
dimension | dimension | |
label | text | subgroup, подгруппа, підгрупа |
measure_remarks | text | |
is_published | truth | published, опубликовано, оприлюднено |
barred | barred | state, verified, verified by, organisation, organization, recorded by, состояние,
  стан, организация, організація | #status+code+verification
""",
    ImportKind.PLACES: """
external_id | text | id, external id, record id | #meta+id
name | text | name en, place, название, назва, місце, место
  | #loc+name, #adm1+name+i_en, #adm1+name, #adm2+name
name_ru | text | name ru, название по русски | #loc+name+i_ru, #adm1+name+i_ru
name_uk | text | name uk, назва українською | #loc+name+i_uk, #adm1+name+i_uk
kind | place_kind | type, вид, тип | #loc+type
parent | place | in, part of, lies in, находится в, розташоване в | #loc+parent
iso_3166_1 | text | country code, код страны, код країни | #country+code+v_iso2
iso_3166_2 | text | region code, код региона, код регіону |
p_code | text | pcode, p-code | #adm1+code+v_pcode, #adm2+code+v_pcode
national_code | text | koatuu, katottg, oktmo, катоттг, октмо |
national_scheme | text | |
latitude | decimal | lat, широта | #geo+lat
longitude | decimal | lon, lng, долгота, довгота | #geo+lon
accuracy_m | number | accuracy, точность, точність | #geo+accuracy
valid_edtf | date | valid, действует, діє | #date+valid
barred | barred | organisation, organization, recorded by, организация, організація |
""",
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    ImportKind.INDIVIDUALS: (
        "name", "family_name", "given_name", "name_ru", "name_uk", "name_en", "identification",
        "circumstances",
    ),
    ImportKind.BATCHES: ("code",),
    ImportKind.SLOTS: ("batch",),
    ImportKind.COUNTS: ("population",),
    ImportKind.PLACES: ("name",),
}  # fmt: skip
"""One of these columns at least; what every row needs the models say."""
