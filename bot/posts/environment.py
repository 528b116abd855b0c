"""The order that the environment makes: ALUMINA_CHANNEL's monthly post."""

from bot.posts.order import Order, monthly
from bot.settings import Settings

USUAL_CRON = Settings.model_fields["alumina_post_cron"].default


def of_environment(settings: Settings, workspace: str) -> Order | None:
    """The order for ALUMINA_CHANNEL, by ALUMINA_POST_CRON where that is set; None without a channel."""
    if not settings.alumina_channel:
        return None
    own = settings.alumina_post_cron != USUAL_CRON
    return monthly(
        workspace,
        settings.alumina_channel,
        at="cron" if own else "complete",
        cron=settings.alumina_post_cron if own else "",
        zone=settings.alumina_timezone,
        language=settings.alumina_language,
        created_at=settings.now(),
        changed_at=settings.now(),
    )
