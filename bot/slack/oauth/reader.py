"""In which language a browser's reader is spoken to."""

from bot.words import LANGUAGES, Language


def preferred(accepted: str, otherwise: Language) -> Language:
    """The one of ours that an Accept-Language header likes best; the other one where it names none of them.

    Of "zh-TW,zh;q=0.9,en;q=0.8" it is Chinese.
    """
    ranges = [part.partition(";q=") for part in accepted.casefold().replace(" ", "").split(",")]
    liked = sorted(ranges, key=lambda each: -_quality(each[2]))  # of as good ones the first
    primary = (tag.partition("-")[0] for tag, _, quality in liked if _quality(quality))
    return next((own for tag in primary for own in LANGUAGES if own == tag), otherwise)


def _quality(written: str) -> float:
    try:
        return float(written or 1)
    except ValueError:
        return 0.0
