"""The words with which questions are asked, by language: who, what, which, where, when, why, how, how many, how long.

Dictionaries' entries, in the forms that a question has them; lists of function words leave many of them out.
"""

from __future__ import annotations

_LINES = """
af wie wat watter waar wanneer hoekom waarom hoe hoeveel
ar من ما ماذا أي أية أين متى لماذا لم كيف كم هل بكم
az kim nə hansı harada hara nə vaxt niyə necə neçə nə qədər
be хто што які якая якое якія дзе куды калі чаму чаго як колькі
bg кой коя кое кои кого какво какъв каква какви къде кога защо как колко
bn কে কারা কাকে কী কি কোন কোথায় কখন কবে কেন কীভাবে কেমন কত কয়টি কতটি কতজন
ca qui què quin quina quins quines on quan per què com quant quanta quants quantes
cs kdo koho co čeho který která které jaký jaká jaké kde kam kdy proč jak kolik kolika
da hvem hvad hvilken hvilket hvilke hvor hvornår hvorfor hvordan hvis mange meget længe
de wer wen wem wessen was welche welcher welches welchen welchem wo wohin woher wann warum weshalb wieso
de wie wieviel
de viele viel lange womit worüber wofür
el ποιος ποια ποιο ποιοι ποιες ποιον τι πού πότε γιατί πώς πόσο πόση πόσοι πόσες πόσα πόσος
es quién quiénes qué cuál cuáles dónde adónde cuándo cómo cuánto cuánta cuántos cuántas quien que cual
es donde cuando
es como cuanto cuanta cuantos cuantas dime
et kes keda mis mida milline kus kuhu millal miks kuidas kui palju mitu
eu nor nork zer zein non nora noiz zergatik nola zenbat
fa چه چی کی که کدام کجا چرا چگونه چطور چند چقدر آیا
fi kuka ketkä kenet mikä mitä mitkä millainen missä minne mihin mistä milloin koska miksi miten kuinka
fi paljonko montako
fi monta paljon kauan
fr qui que quoi quel quelle quels quelles où quand pourquoi comment combien lequel laquelle
gl quen que cal cales onde cando como canto canta cantos cantas
gu કોણ કોને શું કયું કયો કઈ ક્યાં ક્યારે કેમ કેવી કેટલા કેટલું કેટલી
he מי את מה איזה איזו אילו איפה היכן לאן מתי למה מדוע איך כיצד כמה מהו מהי מהם
hi कौन किसने किसे किस क्या कौनसा कहाँ कहां कब क्यों कैसे कितना कितने कितनी
hr tko koga što koji koja koje kakav kakva gdje kamo kada zašto kako koliko
hu ki kik kit mi mit milyen melyik hol hová hova honnan mikor miért hogyan hogy mennyi mennyibe hány
hu hányan meddig
hy ով ովքեր ինչ որ որտեղ երբ ինչու ինչպես քանի որքան
id siapa apa apakah mana dimana kapan mengapa kenapa bagaimana berapa
is hver hvað hvaða hvar hvert hvenær hvers hvernig hversu margir mikið lengi
it chi che cosa quale quali dove quando perché come quanto quanta quanti quante
ja 誰 だれ 何 なに なん どこ いつ なぜ どう どの どれ どんな いくら いくつ
ja 何人 何件 何日 何年 ですか ますか ましたか でしょうか
ka ვინ რა რომელი სად როდის რატომ როგორ რამდენი
kk кім не қандай қай қайда қашан неге қалай қанша неше
km តើ អ្នកណា នរណា អ្វី ណា ឯណា ពេលណា ហេតុអ្វី យ៉ាងណា ប៉ុន្មាន
kn ಯಾರು ಏನು ಯಾವ ಎಲ್ಲಿ ಯಾವಾಗ ಏಕೆ ಹೇಗೆ ಎಷ್ಟು
ko 누구 누가 무엇 무슨 어느 어떤 어디 언제 왜 어떻게 얼마나 얼마 몇 입니까 습니까 인가요 인가 나요
lo ໃຜ ຫຍັງ ໃດ ໃສ ເມື່ອໃດ ຍ້ອນຫຍັງ ແນວໃດ ເທົ່າໃດ ຈັກ
lt kas ką kuris kuri kuriuo kur kada kodėl kaip kiek kokia koks
lv kas ko kurš kura kur kad kāpēc kā cik kāds kāda
mk кој која кое кои кого што каков каде кога зошто како колку
ml ആര് എന്ത് ഏത് എവിടെ എപ്പോൾ എന്തുകൊണ്ട് എങ്ങനെ എത്ര
mn хэн юу ямар аль хаана хэзээ яагаад яаж хэд хэдэн
mr कोण कोणी काय कोणता कोणती कोणते कुठे केव्हा कधी का कसे किती
ms siapa apa apakah mana bila mengapa kenapa bagaimana berapa
my ဘယ်သူ ဘာ ဘယ် ဘယ်မှာ ဘယ်တော့ ဘာကြောင့် ဘယ်လို ဘယ်လောက် ဘယ်နှစ် သလဲ လဲ
ne को कसले कसलाई के कुन कहाँ कहिले किन कसरी कति
nl wie wat welk welke waar waarheen wanneer waarom hoe hoeveel lang
no hvem hva hvilken hvilket hvilke hvor når hvorfor hvordan mange mye lenge
pa ਕੌਣ ਕਿਸਨੇ ਕੀ ਕਿਹੜਾ ਕਿੱਥੇ ਕਦੋਂ ਕਿਉਂ ਕਿਵੇਂ ਕਿੰਨਾ ਕਿੰਨੇ ਕਿੰਨੀ
pl kto kogo komu co czego czym który która które jaki jaka jakie gdzie dokąd kiedy dlaczego czemu jak ile
pl ilu na długo
ps څوک چا څه کوم چیرته کله ولې څنګه څو څومره
pt quem que quê qual quais onde aonde quando porque porquê como quanto quanta quantos quantas
ro cine ce care unde când de cum cât câtă câți câte
ru кто кого кому что чего чем какой какая какое какие где куда откуда когда почему зачем как сколько
ru скольких
si කවුද මොකක්ද කුමක්ද කොහේද කවදාද ඇයි කොහොමද කීයද
sk kto koho čo čoho ktorý ktorá ktoré aký aká aké kde kam kedy prečo ako koľko koľkí
sl kdo koga kaj kateri katera katero kje kam kdaj zakaj kako koliko
sq kush kë çfarë cili cila ku kur pse si sa
sr ко кога шта који која које какав где куда када зашто како колико ko koga šta koji koja koje gde kada
sr zašto kako koliko
sv vem vad vilken vilket vilka var vart när varför hur mycket många länge
sw nani nini gani wapi lini kwa mbona vipi ngapi
ta யார் என்ன எது எந்த எங்கே எப்போது ஏன் எப்படி எத்தனை எவ்வளவு
te ఎవరు ఏమి ఏది ఏ ఎక్కడ ఎప్పుడు ఎందుకు ఎలా ఎంత ఎన్ని
th ใคร อะไร ไหน ที่ไหน เมื่อไร เมื่อไหร่ เมื่อใด ทำไม อย่างไร ยังไง เท่าไร เท่าไหร่ เท่าใด กี่
tl sino ano alin saan kailan bakit paano ilan magkano
tr kim kimi kime ne neyi hangi nerede nereye nereden nerde zaman niçin neden niye nasıl kaç kaça kadar
uk хто кого кому що чого чим який яка яке які де куди звідки коли чому навіщо як скільки скількох
ur کون کس نے کسے کیا کونسا کونسی کہاں کب کیوں کیسے کتنا کتنے کتنی
uz kim nima qaysi qayerda qachon nega qanday qancha necha
vi ai gì nào đâu khi sao tại thế bao nhiêu mấy lâu
zh 谁 誰 什么 什麼 哪 哪里 哪裡 哪个 哪個 哪些 何时 何時 怎么 怎麼
zh 为什么 為什麼 如何 多少 几 幾 多久 多长 多長 什么时候 什麼時候 吗 嗎 呢
"""


def interrogatives(language: str) -> frozenset[str]:
    """The question words of a language by its code; none where none are listed."""
    lines = (line.partition(" ") for line in _LINES.strip().splitlines())
    return frozenset(word for code, _, words in lines if code == language for word in words.split())
