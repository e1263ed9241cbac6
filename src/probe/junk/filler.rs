//! Text that says nothing, to begin with.

/// Where the search starts, each with its name.
pub(super) fn starts() -> [(&'static str, &'static str); 5] {
    [
        ("words", "Of the and to in that it was for on as with his they at be this."),
        ("word", "word"),
        ("lower-case", "of the and to in that it was for on as with they at be this"),
        ("object", "{}"),
        ("digits", "1 2 3 4 5 6 7 8 9 10"),
    ]
}

/// A few words of a language that mean nothing together, by its ISO 639-1 code.
pub(super) fn words(language: &str) -> Option<&'static str> {
    let words = match language.split(['-', '_']).next().unwrap_or_default() {
        "en" => "of the and to in that it was for on as with which they at be this from",
        "de" => "und der die das in zu den von mit sich des auf für ist im dem nicht ein eine als auch",
        "fr" => "et le la les des une dans que pour qui sur pas plus avec ce sont nous vous cette elle",
        "es" => "de la que el en los se del las un por con no una su para es al lo como más pero sus",
        "it" => "di che e la il un per non una sono del con mi le si da come anche questo nella della",
        "pt" => "de que não uma os no se na por mais as dos como mas foi ao ele das tem seu sua ou ser",
        "nl" => "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog",
        "sv" => "och att det som en på är av för med den till inte om ett han hade men var från vi kan",
        "da" => "og i at det er en til på som med af for ikke der den var han de et men har om vi fra",
        "no" => "og i det på som er en til av for at med ikke den har de om et var men han jeg vi fra",
        "fi" => "ja on ei että se hän oli mutta kun niin olen mitä minä tämä sitä ovat myös voi kuin nyt",
        "pl" => "i w na z do się nie że jest to jak ale za od po co dla tak przez był być może tym już",
        "cs" => "a se v na je že to s do i o k ale jak za by pro tak po od jsem jako byl který jeho",
        "tr" => "ve bir bu da için ile de çok daha gibi olan ne ama kadar sonra en var mi her değil",
        "vi" => "và của là có không cho được trong một với các những này khi người đã từ ra như về",
        "id" => "yang dan di itu dengan untuk tidak dari ini dalam akan pada juga saya ke karena ada",
        "sw" => "na ya wa kwa ni katika za la kuwa hii huyo lakini pia hiyo kama baada watu yake sana",
        "hu" => "a az és hogy nem egy is de ez meg csak volt van már mint ha vagy még el kell lesz",
        "ro" => "și de la în nu o a cu pe că este mai un din pentru ce sunt dar au fost ca sau lui",
        "ru" => "и в не на что он с как это по но они к у из за то от так же для если только или бы",
        "uk" => "і в не на що він з як це по але вони до у та за то від так же для якщо тільки або",
        "bg" => "и в не на че да се от за по с като но това са той към до при или тя още бъде може",
        "el" => "και το να της την του με για από που δεν είναι στο οι ένα τα θα στη μια αυτό ως",
        "ar" => "في من على إلى أن هذا التي عن مع كان لا ما هو ذلك بعد هذه قد كل بين لم أو",
        "fa" => "و در به از که این را با است برای آن یک خود تا بر هم نیز می شود اما یا",
        "ur" => "اور کے میں کی ہے سے کا کو پر یہ نے اس کہ ہیں ایک بھی تھا نہیں ہو تو وہ",
        "he" => "של את על הוא לא עם זה גם כי היה אל אני או כל אבל מה היא אם רק יש",
        "hi" => "और के में की है से का को पर यह ने इस कि हैं एक भी था नहीं हो तो वह",
        "mr" => "आणि च्या मध्ये आहे तो ती हे या व की पण होते नाही एक त्या केली आहेत",
        "ne" => "र को मा छ हो यो त्यो भने पनि गर्न एक छन् थियो हुन् तर लागि उनले",
        "bn" => "এবং এর এই যে করে হয় থেকে না একটি জন্য ও তার কিন্তু সে তিনি হয়েছে",
        "gu" => "અને છે ના માં આ તે એક કે પણ હતી માટે નથી તો હોય જે કરી",
        "pa" => "ਅਤੇ ਦੇ ਵਿੱਚ ਦੀ ਹੈ ਤੋਂ ਦਾ ਨੂੰ ਇਹ ਨੇ ਇਸ ਕਿ ਹਨ ਇੱਕ ਵੀ ਸੀ",
        "ta" => "மற்றும் இந்த ஒரு என்று அது இது என்ன அவர் இல்லை போது உள்ள ஆகும்",
        "te" => "మరియు ఈ ఒక అని లో కు ఆ ఇది అది కాదు కోసం ఉంది వారు కూడా",
        "kn" => "ಮತ್ತು ಈ ಒಂದು ಎಂದು ಅವರು ಇದು ಅದು ಇಲ್ಲ ಆದರೆ ಮೇಲೆ ಕೂಡ ಇದೆ",
        "ml" => "ഒരു ഈ എന്ന് അത് ഇത് അവർ ഇല്ല പക്ഷേ കൂടി ആണ് മാത്രം",
        "th" => "และ ของ ที่ ใน เป็น มี ไม่ ให้ ได้ จะ กับ นี้ ว่า จาก แต่ หรือ ก็ คน อยู่",
        "ko" => "그리고 이 그 저 것은 수 있는 하지만 또한 때문에 그는 우리는 있다 없다 위해",
        "ja" => "そして これ は それ が この の こと も ので ある という から まで でも よう です ます",
        "zh" => "的 是 在 了 和 有 这 不 我们 他们 但是 也 就 都 而 与 对于 因为 所以",
        _ => return None,
    };
    Some(words)
}
