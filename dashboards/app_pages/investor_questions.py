"""Investors' eight questions about one center, each answered in a sentence with the way to its chart."""

from dashboards import page_parts, question_parts
from dashboards.questions import investors

choice = page_parts.open_page("investor_questions")
page_parts.center_heading(choice)
asked = question_parts.asked_of(choice)
for name, answer, page in investors.ANSWERS:
    question_parts.draw(choice, choice.say(f"asked.investors.{name}"), answer(asked), page)
