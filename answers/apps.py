from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "answers"

    def ready(self) -> None:
        from answers.letters import LETTERS
        from answers.merging import decide_relations
        from answers.services.inbox import settle_what_was_answered
        from outbox.letters import register
        from sessions_log.replying import on_reply

        for letter in LETTERS:
            register(letter)
        decide_relations()
        on_reply(settle_what_was_answered)
