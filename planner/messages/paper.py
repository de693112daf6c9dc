"""What is said on paper alone."""

WORDS = {
    "page_paper_absence": (
        "In print: {shown:# agency|# agencies} that {shown:has|have} somebody away in some year. {idle:# more has|# more have} nobody away and {idle:is|are} on the page alone.",
        "Bản in chỉ ghi {shown:#} cơ quan, đơn vị có người vắng mặt trong kỳ; {idle:#} nơi còn lại không có ai vắng mặt, xem trên trang điện tử.",
    ),
}
